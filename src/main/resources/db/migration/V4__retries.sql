-- When a job may start and how often it may fail. Null is what a server does that was told nothing.
alter table job add column max_attempts integer;
alter table job add column failures integer not null default 0; -- attempts that failed and were not the last
alter table job add column not_before integer;                  -- as its client said
alter table job add column due_at integer;                      -- of a job that is not in line: when it joins
alter table job add column joined integer;                      -- its place in line since it did; null: as it was accepted
