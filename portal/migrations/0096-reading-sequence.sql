-- When machines without a clock first said what they may say again, by the number they give it: a ring of 256 places for each. Owned by features/telemetry.
create table reading_sequence (
  device_id uuid not null references device on delete cascade,
  -- seq modulo 256
  place smallint not null,
  -- what the machine calls the time since it was switched on, in which it counts
  boot text not null,
  seq bigint not null,
  -- when it came first
  at timestamptz not null,
  times integer not null default 1,
  primary key (device_id, place)
);
