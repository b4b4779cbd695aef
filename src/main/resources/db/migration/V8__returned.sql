-- When the handler of the attempt that ended a job had returned, and its scope began to close.
alter table job add column returned_at integer;
