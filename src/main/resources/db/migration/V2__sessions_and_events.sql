-- What a job does to its session, what its clients chose, and what they see of it. Null is what a server does that was
-- told nothing.
alter table job add column session text;
alter table job add column place integer;                -- in line; null: as its seq says
alter table job add column on_cancel text;               -- keep, discard
alter table job add column on_failure text;              -- keep, discard
alter table job add column on_disconnect text;           -- cancel
alter table job add column disconnect_grace integer;     -- milliseconds
alter table job add column last_event integer not null default 0;

-- Nothing is written to either for a job without a session.
create index job_of_session on job (session, seq) where session is not null;
create index job_of_session_unfinished on job (session) where session is not null and finished_at is null;

create table session (
  number  integer primary key autoincrement, -- the order of creation; never used twice
  id      text    not null unique,
  meta    text    not null,                  -- a JSON object
  version integer not null,
  total   integer not null,                  -- messages
  created integer not null,
  updated integer not null
) strict;

create table message (
  session integer not null references session (number) on delete cascade,
  idx     integer not null,                  -- from 0
  role    text    not null,
  content text    not null,
  at      integer not null,
  job     text    not null,                  -- its id; it may have been removed since
  outcome text    not null,
  primary key (session, idx)
) strict, without rowid;

create table event (
  job    integer not null references job (seq) on delete cascade,
  number integer not null,                   -- 2, 3, ... without gaps: 1 is that it was accepted, as the job says
  at     integer not null,
  type   text    not null,                   -- status, progress, chunk, end
  data   text,                               -- a JSON object; null for an end
  primary key (job, number)
) strict, without rowid;

insert into event (job, number, at, type)
  select seq, 2, finished_at, 'end' from job where finished_at is not null;
update job set last_event = iif(finished_at is null, 1, 2);
