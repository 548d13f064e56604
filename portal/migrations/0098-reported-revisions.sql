-- What machines themselves say of their hardware and software: a row for each change, in the words of OPC 40001-1. Owned by features/devices.
create table device_revision (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  word text not null check (word in ('hardwareRevision', 'softwareRevision')),
  revision text not null check (length(revision) between 1 and 60),
  reported_at timestamptz not null
);
create index on device_revision (device_id, reported_at);
