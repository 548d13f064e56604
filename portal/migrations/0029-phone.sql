-- Numbers somebody has shown to be his, and codes that were sent to numbers. Owned by features/accounts.
create table confirmed_phone (
  person_id uuid primary key references person on delete cascade,
  -- of person.phone
  phone_digest text not null unique,
  confirmed_at timestamptz not null
);
create table phone_code (
  id uuid primary key,
  purpose text not null check (purpose in ('sign-in', 'confirm', 'prove')),
  -- of what the page that asked for it was handed
  token_hash text not null unique,
  -- null: nobody has said yet who he is
  person_id uuid references person on delete cascade,
  phone_digest text not null,
  -- keyed hash of the network it was asked for from
  address_hash text not null,
  -- keyed hash
  code_hash text not null,
  tries smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index phone_code_by_phone on phone_code (phone_digest, created_at);
create index phone_code_by_address on phone_code (address_hash, created_at);
create index phone_code_by_person on phone_code (person_id, created_at);
