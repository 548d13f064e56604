-- How long components last: lives that ended, models of remaining life with where they came from, which of them ran when, and what was foretold.
-- Owned by features/prognosis.
create table component_life (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  component text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  -- failed, or taken out (or watched no longer) before it did
  ending text not null check (ending in ('failed', 'censored')),
  source text not null check (source in ('staff', 'import')),
  noted_by uuid,
  noted_at timestamptz not null,
  check (ended_at > began_at)
);
create unique index component_life_end on component_life (device_id, component, ended_at);

create table life_model (
  id uuid primary key,
  type_id uuid not null references device_type on delete cascade,
  component text not null,
  number integer not null,
  status text not null check (status in ('training', 'accepted', 'refused', 'failed', 'cancelled')),
  -- 0 … 1 of the training
  progress real not null,
  -- what it reads: metrics that say how the machine is, and those that say how it is run
  sensors text[] not null,
  settings text[] not null,
  seed integer not null,
  -- length of a step, and steps beyond which nothing is told apart; null: not yet settled
  step_ms bigint,
  horizon integer,
  -- lives it was trained on, of them failures, and the time they span
  lives integer,
  failures integer,
  data_from timestamptz,
  data_until timestamptz,
  judgement jsonb,
  -- why it is not taken, or why training failed
  reasons text[] not null,
  -- what was foretold of each life by models that had not seen it
  scores jsonb,
  model jsonb,
  begun_by uuid,
  begun_at timestamptz not null,
  ended_at timestamptz,
  unique (type_id, component, number)
);
-- one training at a time
create unique index life_model_training on life_model (type_id, component) where status = 'training';

create table life_model_activation (
  id uuid primary key,
  type_id uuid not null references device_type on delete cascade,
  component text not null,
  -- null: none runs any more
  model_id uuid references life_model on delete cascade,
  how text not null check (how in ('activated', 'rolled-back')),
  by_id uuid,
  at timestamptz not null
);
create index life_model_activation_of on life_model_activation (type_id, component, id);
create index life_model_activation_model on life_model_activation (model_id);

create table component_prognosis (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  component text not null,
  -- the last reading it rests on
  at timestamptz not null,
  made_at timestamptz not null,
  kind text not null check (kind in ('model', 'trend')),
  model_id uuid references life_model on delete cascade,
  -- hours; null: no number, for the reason
  lower_hours double precision,
  median_hours double precision,
  upper_hours double precision,
  -- the upper end is as far as can be told: it may be any longer
  beyond boolean not null,
  reason text
);
create index component_prognosis_of on component_prognosis (device_id, component, id);
create index component_prognosis_model on component_prognosis (model_id);
