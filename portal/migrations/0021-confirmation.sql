-- Second confirmations: a fresh proof with a reason for one request of one session, and where it is due the word of a second person.
create table confirmation (
  id uuid primary key,
  account_id uuid not null references person on delete cascade,
  session_id text not null,
  -- endpoint id, what it is done to, and a keyed hash of the whole request
  operation text not null,
  target text not null,
  request_hash text not null,
  -- what will be done and why, sealed under the key of who asked
  words text not null,
  method text not null,
  -- the token itself is known to the browser only
  token_hash text not null unique,
  proved_at timestamptz not null,
  -- of the staff of whom a second one has to approve; null: one person is enough
  second_permission text,
  -- a second person was due and there was none who could
  alone boolean not null default false,
  status text not null check (status in ('ready', 'waiting', 'approved', 'declined', 'used')),
  approver_id uuid references person on delete set null,
  decided_at timestamptz,
  used_at timestamptz,
  created_at timestamptz not null,
  check (approver_id is distinct from account_id)
);
create index confirmation_by_request on confirmation (account_id, operation, request_hash);
create index confirmation_by_age on confirmation (created_at);
