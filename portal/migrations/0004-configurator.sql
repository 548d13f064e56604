-- A configuration is a selection somebody saved, with the model version it is valid under and its price then.
create table configuration (
  id uuid primary key,
  -- what the public link carries: 128 random bits, so that no link can be guessed from another
  token text not null unique,
  product_id uuid not null references product (id),
  model_version_id uuid not null references model_version (id),
  decisions json not null,
  selection json not null,
  -- null while the price is on request; minor units
  net bigint,
  gross bigint,
  currency text not null,
  account_id text,
  company_id text,
  created_at timestamptz not null
);

create index configuration_by_account on configuration (account_id, created_at desc) where account_id is not null;
create index configuration_by_company on configuration (company_id, created_at desc) where company_id is not null;
