-- Where vibration of machines is recorded, and the last records with what they say. Owned by features/vibration.
create table vibration_plan (
  type_id uuid primary key references device_type on delete cascade,
  -- points and zones, written and read as a whole
  points jsonb not null,
  zones jsonb not null,
  revision integer not null,
  updated_at timestamptz not null
);

create table vibration_record (
  device_id uuid not null references device on delete cascade,
  point text not null,
  -- by the machine's clock: the first sample
  at timestamptz not null,
  received_at timestamptz not null,
  -- samples a second
  rate double precision not null,
  -- 1/min, as the machine said; once it is analysed, as it was reckoned by
  speed double precision,
  -- float32, little-endian, in the unit of the point; null: it is analysed
  samples bytea,
  -- values, faults, and how far apart the lines are; null: it waits
  analysis jsonb,
  -- amplitudes, float32, little-endian
  spectrum bytea,
  envelope bytea,
  primary key (device_id, point, at)
);
create index vibration_record_waiting on vibration_record (received_at) where samples is not null;
