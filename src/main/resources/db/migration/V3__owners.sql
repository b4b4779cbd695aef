-- Whose everything is: '' is nobody, on a server without keys.
alter table job add column owner text not null default '';
alter table purged add column owner text not null default '';

-- Nothing is written to it for what is nobody's.
create index job_of_owner on job (owner, seq) where owner <> '';

-- Two owners may call sessions by the same name. SQLite can't drop the constraint that forbade it: both tables are made anew.
create table owned_session (
  number  integer primary key autoincrement, -- the order of creation; never used twice
  owner   text    not null,
  id      text    not null,
  meta    text    not null,                  -- a JSON object
  version integer not null,
  total   integer not null,                  -- messages
  created integer not null,
  updated integer not null,
  unique (owner, id)
) strict;

create table owned_message (
  session integer not null references owned_session (number) on delete cascade,
  idx     integer not null,                  -- from 0
  role    text    not null,
  content text    not null,
  at      integer not null,
  job     text    not null,                  -- its id; it may have been removed since
  outcome text    not null,
  primary key (session, idx)
) strict, without rowid;

insert into owned_session (number, owner, id, meta, version, total, created, updated)
  select number, '', id, meta, version, total, created, updated from session;
insert into owned_message select session, idx, role, content, at, job, outcome from message;
delete from sqlite_sequence where name = 'owned_session';
insert into sqlite_sequence (name, seq) select 'owned_session', seq from sqlite_sequence where name = 'session';
drop table message;
drop table session;
alter table owned_session rename to session;
alter table owned_message rename to message;

-- What was submitted under an Idempotency-Key, so that the same request again is the same job again.
create table idempotency (
  owner       text    not null,
  key         text    not null,
  fingerprint text    not null,              -- of method, path, query and body
  job         text    not null,              -- its id; it may have been removed since
  at          integer not null,
  primary key (owner, key)
) strict, without rowid;
create index idempotency_by_age on idempotency (at);
