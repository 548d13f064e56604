-- Keys by which programs act in the name of a person. Owned by features/accounts.
create table api_key (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- of a customer: the key ends when he leaves it
  company_id uuid references company on delete cascade,
  -- its owner's word for it
  name text not null,
  -- its first characters, by which it is recognised
  prefix text not null,
  -- keyed hash of the whole; the key itself is known to its owner only
  digest text not null unique,
  -- permissions; what its owner may not do any more, it may not either
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- written at most once a minute; from where: sealed
  used_at timestamptz,
  used_from text,
  -- when its owner was told that it will expire
  warned_at timestamptz
);
create index api_key_person on api_key (person_id);
create index api_key_company on api_key (company_id);
create index api_key_expiry on api_key (expires_at);
