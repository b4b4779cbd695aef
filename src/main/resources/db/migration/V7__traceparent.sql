-- Where in a trace a job was submitted, as its client said (W3C traceparent).
alter table job add column traceparent text;
