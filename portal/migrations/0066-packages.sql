-- Service packages, and which company has which at which machine. Owned by features/packages.
create table service_package (
  id uuid primary key,
  name_zh text not null,
  name_en text not null,
  description_zh text not null,
  description_en text not null,
  type_ids uuid[] not null,
  -- what it opens
  rights text[] not null,
  -- of one machine for the whole term, minor units
  net bigint not null,
  currency text not null,
  months integer not null,
  trial_days integer not null,
  offered boolean not null,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table entitlement (
  id uuid primary key,
  package_id uuid not null references service_package,
  device_id uuid not null references device on delete cascade,
  company_id uuid not null references company on delete cascade,
  kind text not null check (kind in ('trial', 'granted', 'renewed')),
  -- as it was when it was asked for
  rights text[] not null,
  net bigint not null,
  currency text not null,
  months integer not null,
  requested_at timestamptz not null,
  -- null: erased
  requested_by uuid,
  granted_at timestamptz,
  -- of staff; null: begun by the customer himself, or erased
  granted_by uuid,
  from_at timestamptz,
  until_at timestamptz,
  ended_at timestamptz,
  ending text check (ending in ('declined', 'withdrawn', 'taken-back', 'sold')),
  -- the last notice of its end that was given, in days before it
  told_days integer
);
create index entitlement_device on entitlement (device_id, id);
create index entitlement_company on entitlement (company_id, id);
create index entitlement_package on entitlement (package_id, id);
create index entitlement_requester on entitlement (requested_by);
create index entitlement_until on entitlement (until_at) where ended_at is null;
-- tried once, asked for once at a time
create unique index entitlement_tried on entitlement (device_id, package_id, company_id) where kind = 'trial';
create unique index entitlement_asked on entitlement (device_id, package_id, company_id) where granted_at is null and ended_at is null;

-- An inquiry can be about something that is no configuration: priced lines, as they were shown.
alter table inquiry alter column configuration_id drop not null, add column subject json;
alter table lead alter column product_id drop not null;
