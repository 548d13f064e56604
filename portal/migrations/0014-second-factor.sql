-- How a person proves who he is beside his password. Owned by features/accounts.

-- The authenticator app of a person (TOTP, RFC 6238): one, or none.
create table authenticator (
  person_id uuid primary key references person on delete cascade,
  -- the shared secret, sealed
  secret text not null,
  -- null: shown once, not yet proved by a code
  confirmed_at timestamptz,
  -- the last time step whose code was taken: a code works once
  last_step bigint not null default 0,
  created_at timestamptz not null
);

-- Codes for the day the authenticator is lost. `hash` is argon2id with one salt per person, so a typed code costs one hash.
create table recovery_code (
  person_id uuid not null references person on delete cascade,
  hash text not null,
  used_at timestamptz,
  created_at timestamptz not null,
  primary key (person_id, hash)
);

-- Browsers in which a person has signed in: their cookie's hash. They are not slowed down by strangers who guess.
create table known_device (
  person_id uuid not null references person on delete cascade,
  token_hash text not null,
  -- until then this browser is not asked for the second factor
  trusted_until timestamptz,
  seen_at timestamptz not null,
  primary key (person_id, token_hash)
);
create index known_device_age on known_device (seen_at);
