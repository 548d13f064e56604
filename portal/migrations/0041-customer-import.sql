-- What the manufacturer knows of a company beyond its name, and of people there who need not have an account. A firm's own address, phone
-- and e-mail may be a person's, so they are sealed like his.
create table company_record (
  company_id uuid primary key references company on delete cascade,
  -- unified social credit code or VAT number, plain
  credit_code text unique,
  address text,
  phone text,
  phone_digest text,
  email text,
  email_digest text,
  notes text,
  -- the import that made the company; null: it was there before
  import_id uuid,
  updated_at timestamptz not null
);
create index company_record_phone on company_record (phone_digest);
create index company_record_email on company_record (email_digest);
create index company_record_import on company_record (import_id);

create table company_contact (
  id uuid primary key,
  company_id uuid not null references company on delete cascade,
  name text not null,
  post text,
  phone text,
  phone_digest text,
  email text,
  email_digest text,
  notes text,
  -- his account in this company, once he has one
  account_id uuid references person on delete set null,
  import_id uuid,
  created_at timestamptz not null
);
create index company_contact_company on company_contact (company_id, id);
create index company_contact_phone on company_contact (phone_digest);
create index company_contact_email on company_contact (email_digest);
create index company_contact_account on company_contact (account_id);
create index company_contact_import on company_contact (import_id);

-- Machines that were sold. Keys: number and model without what only writing adds.
create table device (
  id uuid primary key,
  serial text not null,
  serial_key text not null,
  model text not null,
  model_key text not null,
  type_code text,
  delivered_on date,
  warranty_until date,
  site text,
  import_id uuid,
  created_at timestamptz not null,
  unique (serial_key, model_key)
);
create index device_import on device (import_id);

create table device_ownership (
  id uuid primary key,
  device_id uuid not null references device on delete cascade,
  company_id uuid not null references company on delete cascade,
  role text not null check (role = 'owner'),
  -- null: since before anybody wrote it down
  from_day date,
  -- null: still
  until_day date
);
create unique index device_ownership_now on device_ownership (device_id, role) where until_day is null;
create index device_ownership_company on device_ownership (company_id, id);

-- A file of customers that was read: checked, then written as a whole, or given up.
create table customer_import (
  id uuid primary key,
  file_name text not null,
  sha256 text not null,
  bytes integer not null,
  status text not null check (status in ('checked', 'writing', 'done', 'taken-back')),
  -- what was noticed of the whole file, and rows by kind and verdict
  findings jsonb not null,
  counts jsonb not null,
  -- who says that he may use these people's data, in which words, and when
  declared_by uuid not null,
  declaration_version text not null,
  declared_at timestamptz not null,
  revision integer not null,
  written_by uuid,
  written_at timestamptz,
  taken_back_at timestamptz
);
create index customer_import_declared on customer_import (declared_at desc, id);

create table customer_import_row (
  import_id uuid not null references customer_import on delete cascade,
  place integer not null,
  kind text not null check (kind in ('company', 'contact', 'machine')),
  verdict text not null check (verdict in ('new', 'update', 'known', 'duplicate', 'error')),
  -- what was read, noticed and found: sealed, for it names people
  content text not null,
  phone_digest text,
  email_digest text,
  decision jsonb,
  primary key (import_id, place)
);
create index customer_import_row_verdict on customer_import_row (import_id, verdict, kind, place);
create index customer_import_row_phone on customer_import_row (phone_digest);
create index customer_import_row_email on customer_import_row (email_digest);
