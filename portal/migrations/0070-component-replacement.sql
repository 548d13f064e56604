-- What was replaced at machines, when and why: from then on the component's age counts anew. Owned by features/devices.
create table component_replacement (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  component text not null,
  replaced_on date not null,
  -- by it is decided whose time it belongs to: when it was written down, or the end of an earlier day
  replaced_at timestamptz not null,
  why text not null check (why in ('failed', 'preventive', 'other')),
  -- of the component that went; null: nobody knows
  run_hours double precision,
  -- null: the manufacturer's people wrote it down
  company_id uuid references company on delete cascade,
  account_id uuid,
  recorded_at timestamptz not null
);
create unique index component_replacement_day on component_replacement (device_id, component, replaced_on);
create index component_replacement_company on component_replacement (company_id);

-- What an end of a life was learned from, beside what people noted: a replacement, or an alarm that was confirmed. Owned by features/prognosis.
alter table component_life
  add column origin text check (origin in ('replacement', 'alarm')),
  add column origin_id uuid;
create unique index component_life_origin on component_life (origin_id);
