-- A start wants to know the greatest place that was given out.
create index job_joined on job (joined) where joined is not null and finished_at is null;
