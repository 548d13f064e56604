-- The registry of machines: what kinds there are and what they measure, who holds which of them since when, codes by which one is claimed, and
-- by what a machine shows that it is itself. Owned by features/devices.
create table device_type (
  id uuid primary key,
  -- as programs name it
  key text not null unique,
  name_zh text not null,
  name_en text not null,
  product_id uuid references product on delete set null,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index device_type_product on device_type (product_id);

-- What nameplates call machines of a type: VM-850, or VM-* for all that begin so. Of one type alone.
create table device_type_model (
  pattern_key text primary key,
  type_id uuid not null references device_type on delete cascade,
  pattern text not null
);
create index device_type_model_type on device_type_model (type_id);

create table device_type_metric (
  type_id uuid not null references device_type on delete cascade,
  key text not null,
  position integer not null,
  name_zh text not null,
  name_en text not null,
  unit text not null,
  low double precision not null,
  high double precision not null,
  -- readings are kept as whole numbers of 10^-decimals
  decimals smallint not null,
  -- taken no more; it stays, since readings of it are kept
  retired boolean not null,
  primary key (type_id, key)
);

create table device_type_component (
  type_id uuid not null references device_type on delete cascade,
  key text not null,
  position integer not null,
  -- key of the component it is a part of; null: of the machine
  part_of text,
  name_zh text not null,
  name_en text not null,
  part_number text,
  life_months integer,
  life_hours integer,
  primary key (type_id, key)
);

alter table device
  add column type_id uuid references device_type,
  add column built_year smallint,
  -- of the saved configuration it was built by
  add column configuration_token text,
  add column revision integer not null default 1;
create index device_type_of on device (type_id, serial_key, id);
create index device_serial on device (serial_key, id);

-- What differs in one machine from what its type says: when a component was last replaced.
create table device_component (
  device_id uuid not null references device on delete cascade,
  key text not null,
  installed_on date not null,
  primary key (device_id, key)
);

-- Who holds a role towards a machine changes at an instant. Days stay for what was written before; `until_day` is set with `until_at`.
-- Roles besides `owner`: operator, service-partner, of which there may be several at a time.
alter table device_ownership drop constraint device_ownership_role_check;
alter table device_ownership
  add column from_at timestamptz,
  add column until_at timestamptz;
drop index device_ownership_now;
create unique index device_ownership_owner on device_ownership (device_id) where role = 'owner' and until_day is null;
create unique index device_ownership_role on device_ownership (device_id, company_id, role) where until_day is null;

-- Times in which the owner shows readings neither to the manufacturer nor, for themselves, to service partners.
create table device_withholding (
  id uuid primary key,
  ownership_id uuid not null references device_ownership on delete cascade,
  whom text not null check (whom in ('manufacturer', 'service-partner')),
  from_at timestamptz not null,
  -- null: still
  until_at timestamptz
);
create unique index device_withholding_now on device_withholding (ownership_id, whom) where until_at is null;
create index device_withholding_ownership on device_withholding (ownership_id);

-- Codes by which a company comes to a role: on the label of a machine, or handed over by its owner. Kept as hashes, shown once.
create table device_code (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  digest text not null unique,
  role text not null check (role in ('owner', 'operator', 'service-partner')),
  -- the owner who hands it over; null: the manufacturer
  company_id uuid references company on delete cascade,
  issued_by uuid,
  issued_at timestamptz not null,
  -- null: as long as the machine has no owner
  expires_at timestamptz,
  -- used or withdrawn
  ended_at timestamptz
);
create index device_code_device on device_code (device_id);
create index device_code_company on device_code (company_id);

-- By what a machine shows that it is itself. Kept as SHA-256: of a token of 256 random bits, or of a certificate (its fingerprint).
create table device_credential (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  kind text not null check (kind in ('token', 'certificate')),
  digest text not null,
  label text not null,
  -- the owner who made it; null: the manufacturer
  company_id uuid references company on delete cascade,
  created_by uuid,
  created_at timestamptz not null,
  -- null: until it is revoked
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create unique index device_credential_digest on device_credential (digest) where revoked_at is null;
create index device_credential_device on device_credential (device_id);
create index device_credential_company on device_credential (company_id);
