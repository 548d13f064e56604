-- Alarms of machines: by what rules they are raised, how each stands, and what happened to it. Owned by features/alarms.
create table alarm_rule (
  id uuid primary key,
  -- of all machines of a type, or of one machine
  type_id uuid references device_type on delete cascade,
  device_id uuid references device on delete cascade,
  -- whose it is; null: the manufacturer's
  company_id uuid references company on delete cascade,
  name_zh text not null,
  name_en text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  -- conditions, as core/condition.ts has them; clear: besides the first holding no more
  raise jsonb not null,
  clear jsonb,
  fault_code text,
  cause_zh text not null,
  cause_en text not null,
  remedy_zh text not null,
  remedy_en text not null,
  -- key of a component of the type
  component text,
  -- minutes that it may stay unacknowledged before others are told; null: for ever
  escalate_after integer,
  state text not null check (state in ('draft', 'active', 'off')),
  -- when it was last tried on the history of a machine since its conditions changed
  tested_at timestamptz,
  revision integer not null,
  author_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((type_id is null) <> (device_id is null)),
  check (company_id is null or device_id is not null)
);
create index alarm_rule_type on alarm_rule (type_id);
create index alarm_rule_device on alarm_rule (device_id);
create index alarm_rule_company on alarm_rule (company_id);

-- What it says is copied from its rule, which may change: an alarm tells what held when it was raised.
create table alarm (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  -- by what it was raised: 'rule:<id>', 'diagnosis:bearing'
  source text not null,
  rule_id uuid references alarm_rule on delete set null,
  name_zh text not null,
  name_en text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  message_zh text not null,
  message_en text not null,
  fault_code text,
  cause_zh text not null,
  cause_en text not null,
  remedy_zh text not null,
  remedy_en text not null,
  component text,
  escalate_after integer,
  -- readings when it was last raised: [{ metric, value }]
  readings jsonb not null,
  state text not null check (state in ('unacknowledged', 'acknowledged', 'returned', 'shelved', 'suppressed', 'normal')),
  -- whether its condition holds
  active boolean not null,
  -- by the machine's clock: when it was first raised, when last, when it was last over
  started_at timestamptz not null,
  raised_at timestamptz not null,
  cleared_at timestamptz,
  raises integer not null,
  -- by the portal's clock: since when it waits to be acknowledged
  noticed_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  assignee_id uuid,
  shelved_until timestamptz,
  escalated_at timestamptz,
  verdict text check (verdict in ('confirmed', 'no-fault')),
  judged_at timestamptz,
  judged_by uuid
);
-- of a machine and what raises it there is one open alarm, however many portals see it come
create unique index alarm_open on alarm (device_id, source) where state <> 'normal';
create index alarm_of_device on alarm (device_id, started_at desc, id desc);
create index alarm_by_time on alarm (started_at desc, id desc);
create index alarm_rule_of on alarm (rule_id);
create index alarm_shelved on alarm (shelved_until) where state = 'shelved';

create table alarm_entry (
  id uuid primary key,
  alarm_id uuid not null references alarm on delete cascade,
  kind text not null,
  -- by the machine's clock where it was raised or over, else by the portal's
  at timestamptz not null,
  author_id uuid,
  -- a comment, sealed
  note text,
  -- of shelving
  until timestamptz
);
create index alarm_entry_alarm on alarm_entry (alarm_id, id);

-- Times in which a machine is worked on and its alarms wait.
create table alarm_maintenance (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- who plans it; null: the manufacturer
  company_id uuid references company on delete cascade,
  author_id uuid,
  created_at timestamptz not null
);
create index alarm_maintenance_device on alarm_maintenance (device_id, until_at);
create index alarm_maintenance_company on alarm_maintenance (company_id);
