-- Who certifies machines: the manufacturer's own small authority, and those that owners name for their machines. Owned by features/devices.
create table device_authority (
  id uuid primary key,
  -- whose machines it certifies; null: the manufacturer's own
  company_id uuid references company on delete cascade,
  name text not null,
  -- in PEM
  certificate text not null,
  -- by which a certificate names who signed it: two with one subject could not be told apart
  subject text not null,
  -- of the manufacturer's own, sealed by the vault
  key text,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create unique index device_authority_company on device_authority (company_id) nulls not distinct where ended_at is null;
create unique index device_authority_subject on device_authority (subject) where ended_at is null;

alter table device_credential
  -- who signed the certificate; null: a token, or one that was registered by hand
  add column authority_id uuid references device_authority,
  -- of a certificate that the manufacturer's authority signed, by which a list of revoked ones names it
  add column serial text,
  -- the same in PEM
  add column certificate text;
create index device_credential_authority on device_credential (authority_id) where authority_id is not null;

-- How often two machines with one identity have put each other out since that was first seen. Of features/telemetry.
alter table device_connection add column cloned_times integer not null default 0;
