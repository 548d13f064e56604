-- Passkeys (WebAuthn): public keys whose private halves stay in people's devices. Owned by features/accounts.
create table passkey (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- as the authenticator calls it, base64url
  credential_id text not null unique,
  -- COSE, base64url
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  -- its owner's word for it
  name text not null,
  -- kept by a service that brings it to other devices too
  synced boolean not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_person on passkey (person_id);
