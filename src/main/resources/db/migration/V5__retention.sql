-- What is still kept of jobs that have ended, and what it takes.
alter table job add column bytes integer;                   -- of its files; null until somebody has measured them
alter table job add column files_removed_at integer;
alter table job add column first_event integer not null default 1; -- the first that is still kept

-- The oldest ends first, of those of which there is something left to remove.
create index job_ended on job (finished_at) where finished_at is not null;
create index job_with_events on job (finished_at) where finished_at is not null and first_event < last_event;
create index job_with_files on job (finished_at) where finished_at is not null and bytes > 0;
create index job_unmeasured on job (seq) where finished_at is not null and bytes is null;
create index purged_by_time on purged (purged_at);

-- The bytes of all jobs together, so that nobody has to add them up.
create table total (
  id    integer primary key check (id = 1),
  bytes integer not null
) strict;
insert into total (id, bytes) values (1, 0);

create trigger job_measured after update of bytes on job
begin
  update total set bytes = bytes + coalesce(new.bytes, 0) - coalesce(old.bytes, 0);
end;

create trigger job_removed after delete on job when old.bytes > 0
begin
  update total set bytes = bytes - old.bytes;
end;
