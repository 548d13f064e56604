-- Who asked. One row per inquiry: what a person typed is kept as he typed it; likenesses are found, not merged.
create table contact (
  id uuid primary key,
  name text not null,
  email text,
  -- E.164 where it could be read as a phone number
  phone text,
  company_name text not null,
  language text not null,
  account_id text,
  company_id text,
  created_at timestamptz not null,
  check (email is not null or phone is not null)
);

create index contact_by_email on contact (lower(email));
create index contact_by_phone on contact (phone);
create index contact_by_company_name on contact (lower(company_name)) where company_name <> '';

create table inquiry (
  id uuid primary key,
  token text not null unique,
  configuration_id uuid not null references configuration (id),
  contact_id uuid not null references contact (id),
  message text not null,
  -- what he needs and did not find in the list
  unlisted text not null,
  -- version of the text he agreed to be contacted under
  consent_version text not null,
  consent_at timestamptz not null,
  -- campaign parameters, referrer, QR code
  source jsonb not null,
  created_at timestamptz not null
);

create table lead (
  id uuid primary key,
  number bigint generated always as identity unique,
  inquiry_id uuid not null unique references inquiry (id),
  status text not null check (status in ('new', 'contacted', 'qualified', 'offered', 'won', 'lost')),
  assignee_id text,
  -- of the configuration then, for lists and sorting; null: on request
  net bigint,
  currency text not null,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index lead_by_creation on lead (created_at desc, id desc);
create index lead_by_status on lead (status, created_at desc);

-- The timeline: what happened to a lead, never changed afterwards.
create table lead_entry (
  id uuid primary key,
  lead_id uuid not null references lead (id),
  kind text not null check (kind in ('submitted', 'status', 'assigned', 'note', 'answered')),
  -- the staff account that did it; null: the visitor or the portal
  author_id text,
  data jsonb not null,
  at timestamptz not null
);

create index lead_entry_by_lead on lead_entry (lead_id, at, id);
