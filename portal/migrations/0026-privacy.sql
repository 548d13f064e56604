-- What people ask about their own data, what they consented to, and what they may take with them. Owned by features/privacy.

create table privacy_request (
  id uuid primary key,
  number bigint generated always as identity unique,
  kind text not null check (kind in ('access', 'export', 'correction', 'erasure', 'withdrawal')),
  state text not null check (state in ('received', 'identity-checked', 'in-work', 'done', 'refused')),
  -- the account that asked; null: a visitor, known by his address alone
  account_id uuid,
  -- sealed; null once he was erased
  email text,
  email_digest text not null,
  -- what is to be corrected, or why; sealed
  words text,
  language text not null,
  -- hash of the token in the mail that proves the address
  token_hash text unique,
  received_at timestamptz not null,
  due_at timestamptz not null,
  closed_at timestamptz,
  revision integer not null default 1
);
create index privacy_request_open on privacy_request (due_at) where closed_at is null;
create index privacy_request_account on privacy_request (account_id) where account_id is not null;
create index privacy_request_email on privacy_request (email_digest);

-- Who moved a request to which state, and what he noted. Never changed.
create table privacy_request_entry (
  id uuid primary key,
  request_id uuid not null references privacy_request (id),
  -- null: the person himself, or the portal
  actor_id uuid,
  state text not null,
  -- sealed
  note text not null,
  at timestamptz not null
);
create index privacy_request_entry_by_request on privacy_request_entry (request_id, id);

-- What was collected for somebody who asked for it, until he has had time to fetch it. JSON, sealed.
create table privacy_export (
  request_id uuid primary key references privacy_request (id),
  content text not null,
  made_at timestamptz not null
);

-- Consent: to which text, when, by what form; proof that outlives the data it was for.
create table consent (
  id uuid primary key,
  purpose text not null,
  version text not null,
  -- SHA-256 of the text as it was shown
  text_hash text not null,
  language text not null,
  account_id uuid,
  email_digest text,
  phone_digest text,
  -- where it was given: 'inquiry'
  form text not null,
  request_id text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
create index consent_account on consent (account_id) where account_id is not null;
create index consent_email on consent (email_digest) where email_digest is not null;

-- A contact that was erased has neither address nor number.
alter table contact drop constraint contact_check;
