-- People, their credentials and sessions, companies and their members (tables of the account library, under our names),
-- and what is ours: staff roles and the memory of failed sign-ins. Owned by features/accounts.

create table person (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'customer')),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  phone text,
  language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index person_phone on person (phone) where phone is not null;
create index person_staff on person (created_at, id) where kind = 'staff';

-- How a person proves who he is: the password's argon2id hash; later foreign providers.
create table credential (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  provider_id text not null,
  provider_account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, provider_account_id)
);
create index credential_person on credential (person_id);

-- A company is the account library's organization; a person alone is a company of one.
create table company (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  sole boolean not null default false,
  logo text,
  metadata text,
  created_at timestamptz not null
);
create index company_created on company (created_at, id);

create table session (
  id uuid primary key,
  token text not null unique,
  person_id uuid not null references person on delete cascade,
  active_company_id uuid references company on delete set null,
  address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_person on session (person_id);

-- Single-use tokens of links in mails. `identifier` is a hash of purpose and token, `value` the person.
create table one_time_token (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index one_time_token_identifier on one_time_token (identifier);
create index one_time_token_value on one_time_token (value);

create table company_member (
  id uuid primary key,
  company_id uuid not null references company on delete cascade,
  person_id uuid not null references person on delete cascade,
  role text not null,
  created_at timestamptz not null,
  unique (company_id, person_id)
);
create index company_member_person on company_member (person_id);

create table company_invitation (
  id uuid primary key,
  company_id uuid not null references company on delete cascade,
  email text not null,
  role text,
  status text not null,
  inviter_id uuid not null references person on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index company_invitation_company on company_invitation (company_id);
create index company_invitation_email on company_invitation (email);

create table staff_role (
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('admin', 'sales', 'product', 'service', 'marketing')),
  granted_at timestamptz not null,
  granted_by uuid references person on delete set null,
  primary key (person_id, role)
);
create index staff_role_role on staff_role (role);

-- Failed tries per account and address; `key` is a keyed hash of both, so the table names nobody.
create table sign_in_throttle (
  key text primary key,
  failures integer not null,
  last_failure_at timestamptz not null
);
create index sign_in_throttle_age on sign_in_throttle (last_failure_at);
