-- What is to be done regularly on machines of a type, and what was done on each. Owned by features/advisory.
create table maintenance_plan (
  type_id uuid primary key references device_type on delete cascade,
  -- written and read as a whole
  tasks jsonb not null,
  revision integer not null,
  updated_at timestamptz not null
);

create table maintenance_record (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  -- of the task in the plan; it may be gone from there
  task_key text not null,
  -- as it was called then
  name_zh text not null,
  name_en text not null,
  done_on date not null,
  -- by it is decided whose time it belongs to: when it was written down, or the end of an earlier day
  done_at timestamptz not null,
  counter double precision,
  unit text not null,
  -- null: the manufacturer's people wrote it down
  company_id uuid references company on delete cascade,
  account_id uuid,
  performed_by text not null,
  note text not null,
  recorded_at timestamptz not null
);
create index maintenance_record_device on maintenance_record (device_id, task_key, done_at);
create index maintenance_record_company on maintenance_record (company_id);
create index maintenance_record_account on maintenance_record (account_id);

-- Of what a company was reminded, once for each time round.
create table maintenance_reminder (
  device_id uuid not null references device on delete cascade,
  company_id uuid not null references company on delete cascade,
  task_key text not null,
  -- the record it counts from, or 'first'
  since text not null,
  sent_at timestamptz not null,
  primary key (device_id, company_id, task_key, since)
);
create index maintenance_reminder_company on maintenance_reminder (company_id);
