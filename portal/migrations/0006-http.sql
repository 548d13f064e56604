-- Answers to requests that carried an Idempotency-Key, kept for a day, so that a repeated request is answered and not repeated.
create table idempotency_key (
  -- whose key: an account's id, or 'visitor'
  scope text not null,
  key text not null,
  -- of endpoint, parameters and body: the same key with another request is refused
  request_hash text not null,
  status integer not null,
  body text,
  etag text,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
