-- What can be set on machines of a type and what they can be told to do, as it is declared; and what was wanted of each machine, and what
-- came of it. Types are owned by features/devices, the rest by features/controls.
alter table device_type
  add column settings jsonb not null default '[]',
  add column commands jsonb not null default '[]';

-- One value that somebody wanted. Versions count up for each machine; values that were wanted together have the same.
create table setting_wish (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  version integer not null,
  key text not null,
  value jsonb not null,
  -- in whose name: manufacturer, owner, operator
  asked_as text not null,
  -- null: the manufacturer
  company_id uuid references company on delete cascade,
  asked_by uuid,
  asked_at timestamptz not null,
  outcome text not null check (outcome in ('waiting', 'accepted', 'refused', 'replaced', 'ended')),
  -- in the words of the machine
  reason text,
  settled_at timestamptz,
  -- the machine is to have it; what was refused, replaced or of an owner before is not
  in_force boolean not null
);
create unique index setting_wish_in_force on setting_wish (device_id, key) where in_force;
create index setting_wish_device on setting_wish (device_id, asked_at);
create index setting_wish_company on setting_wish (company_id);

-- What a machine says it is set to.
create table setting_report (
  device_id uuid not null references device on delete cascade,
  key text not null,
  value jsonb not null,
  at timestamptz not null,
  primary key (device_id, key)
);

create table machine_command (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  key text not null,
  parameters jsonb not null,
  asked_as text not null,
  company_id uuid references company on delete cascade,
  asked_by uuid,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('waiting', 'accepted', 'done', 'refused', 'failed', 'expired')),
  reason text,
  settled_at timestamptz
);
create index machine_command_device on machine_command (device_id, asked_at);
create index machine_command_company on machine_command (company_id);
create index machine_command_waiting on machine_command (expires_at) where state = 'waiting';
