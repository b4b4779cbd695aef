-- One row for each job: what the journal's facts about it add up to. Times are milliseconds since 1970.
create table job (
  seq          integer primary key autoincrement, -- the order of acceptance; never used twice
  id           text    not null unique,
  kind         text    not null,
  lane         text    not null,
  status       text    not null,
  reason       text,
  message      text,
  attempt      integer not null default 0,
  crashes      integer not null default 0,
  submitted_at integer not null,
  started_at   integer,
  finished_at  integer,
  timeout      integer,                        -- milliseconds
  return_code  integer,
  fraction     real,
  progress     text,
  group_id     integer,
  group_ticks  integer,
  group_boot   text,
  warnings     text    not null,               -- of the submission: a JSON array
  run_warnings text,                           -- of the last attempt: a JSON array
  result_type  text,
  result_file  text,
  result_text  text
) strict;

-- Each index of what waits is one page more for every commit; those of what ended cost nothing there.
create index job_unfinished on job (seq) where finished_at is null;
create index job_finished on job (status, seq) where finished_at is not null;

-- Apart from the job, because an update of a row rewrites all of it.
create table input (
  seq    integer primary key references job (seq) on delete cascade,
  fields text not null                         -- a JSON object
) strict;

-- All that is kept of a job that was removed.
create table purged (
  id        text    primary key,
  purged_at integer not null
) strict, without rowid;

-- Written to prove that the disk takes writes.
create table pulse (
  id integer primary key check (id = 1),
  at integer not null
) strict;
