-- How machines are: what is known of what is usual at each, what was found, and the course of their health. Owned by features/diagnosis.
create table device_diagnosis (
  device_id uuid primary key references device on delete cascade,
  -- what is usual at it, as core/assessment/assess.ts has it; null: nothing was seen yet
  standing text,
  -- counts changes of it, so that none overwrites another
  revision integer not null,
  -- by the machine's clock: readings before were taken in
  assessed_until timestamptz,
  -- days with readings of which it learned
  learned_days integer not null,
  -- since when it is judged; null: it learns
  known_since timestamptz,
  -- one portal at a time assesses a machine; where it dies, another may from then on
  leased_until timestamptz
);

create table device_finding (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  -- of what: 'drift:spindle_vibration'
  key text not null,
  kind text not null check (kind in ('drift', 'sudden', 'pattern', 'stuck')),
  component text,
  score double precision not null,
  highest double precision not null,
  -- [{ metric, share, higher }]
  contributions jsonb not null,
  -- by the machine's clock
  opened_at timestamptz not null,
  closed_at timestamptz,
  alarm_id uuid,
  verdict text check (verdict in ('confirmed', 'no-fault'))
);
create unique index device_finding_open on device_finding (device_id, key) where closed_at is null;
create index device_finding_of on device_finding (device_id, opened_at desc);
create index device_finding_alarm on device_finding (alarm_id);

-- The index of a machine and its components where it changed.
create table device_health (
  device_id uuid not null references device on delete cascade,
  -- '' is the machine as a whole
  component text not null,
  at timestamptz not null,
  index smallint not null check (index between 0 and 100),
  primary key (device_id, component, at)
);
