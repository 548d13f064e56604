-- How machines report: whether they are connected, and what of theirs was refused. What they measure lies in the warehouse. Owned by
-- features/telemetry.
create table device_connection (
  device_id uuid primary key references device on delete cascade,
  connected boolean not null,
  since timestamptz not null,
  -- when two machines last seemed to share its identity
  cloned_at timestamptz
);

create table device_refusal (
  device_id uuid not null references device on delete cascade,
  reason text not null,
  -- when it began; first and last within it
  hour timestamptz not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (device_id, reason, hour)
);
create index device_refusal_hour on device_refusal (hour);
