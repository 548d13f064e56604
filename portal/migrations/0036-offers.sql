-- Offers to customers. One row per offer; what it says stands in its versions. Owned by features/offers.
create table offer (
  id uuid primary key,
  -- as people call it: AN-2026-0001
  number text not null unique,
  lead_id uuid not null references lead (id),
  language text not null check (language in ('zh-CN', 'en')),
  currency text not null,
  -- name and company as the newest version addresses them, in lower case, a line each
  search text not null,
  -- of the contact of the lead: whose it is, also when the lead is not asked
  email_digest text,
  phone_digest text,
  account_id text,
  company_id text,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index offer_by_update on offer (updated_at desc, id desc);
create index offer_by_lead on offer (lead_id);
create index offer_by_company on offer (company_id, id desc) where company_id is not null;
create index offer_by_email on offer (email_digest);
create index offer_by_phone on offer (phone_digest);

-- Lines and terms lie in one sealed text: they are written and read as a whole, never change once sent, and their hash is kept.
create table offer_version (
  id uuid primary key,
  offer_id uuid not null references offer (id),
  version integer not null,
  status text not null check (
    status in ('draft', 'sent', 'countered', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded')
  ),
  -- 128 random bits; nobody has the link of a draft
  token text not null unique,
  -- { name, company } as the document addresses them: sealed
  recipient text not null,
  content text not null,
  net bigint not null,
  gross bigint not null,
  -- the last day, and, once sent, the moment it is over and when the customer is to be reminded
  valid_until text not null,
  expires_at timestamptz,
  remind_at timestamptz,
  sent_at timestamptz,
  sent_by text,
  -- SHA-256 of what was sent
  digest text,
  created_at timestamptz not null,
  unique (offer_id, version)
);
create unique index offer_one_draft on offer_version (offer_id) where status = 'draft';
create index offer_version_expiry on offer_version (expires_at) where status in ('sent', 'countered');

create table offer_message (
  id uuid primary key,
  offer_id uuid not null references offer (id),
  version integer not null,
  kind text not null check (kind in ('question', 'counter', 'renewal', 'answer', 'declined', 'withdrawn')),
  -- the colleague; null: the customer
  author_id text,
  -- as the customer typed it, and his words: sealed
  name text not null,
  text text not null,
  proposed_net bigint,
  at timestamptz not null
);
create index offer_message_by_offer on offer_message (offer_id, at, id);

-- Who agreed to what. One for a version, and never changed.
create table offer_acceptance (
  version_id uuid primary key references offer_version (id),
  -- SHA-256 of the document, and version and SHA-256 of the words that were ticked
  document_digest text not null,
  agreement_version text not null,
  agreement_digest text not null,
  language text not null,
  -- sealed; as typed
  name text not null,
  -- who was signed in
  account_id text,
  -- keyed hash of the network address
  network_digest text not null,
  at timestamptz not null
);

-- The last number of each year.
create table offer_serial (
  year integer primary key,
  last integer not null
);
