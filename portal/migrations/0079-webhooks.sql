-- What programs of companies, and of the manufacturer, are told of. Owned by features/webhooks.
create table webhook (
  id uuid primary key,
  -- null: of the manufacturer
  company_id uuid references company on delete cascade,
  name text not null,
  -- may hold a token, so it is sealed like the secrets
  address text not null,
  secret text not null,
  -- signs beside the new one until then
  old_secret text,
  old_until timestamptz,
  kinds text[] not null,
  -- the lowest severity of what has one
  severity_from text not null check (severity_from in ('critical', 'high', 'medium', 'low')),
  -- null: every machine
  device_ids uuid[],
  active boolean not null,
  delivered_at timestamptz,
  -- since when nothing was taken; null: the last message was
  failing_since timestamptz,
  -- when the portal switched it off after days of failing
  given_up_at timestamptz,
  -- a process that delivers has it until then
  busy_until timestamptz,
  revision integer not null,
  created_at timestamptz not null
);
create index webhook_company on webhook (company_id);

create table webhook_message (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  -- of what it tells: a webhook has one message of each event
  key text not null,
  kind text not null,
  -- the machine and the moment it is about: whoever may not see that moment is not told; null: about no machine
  device_id uuid references device on delete cascade,
  moment timestamptz,
  -- told only where what was found is open to the reader
  found boolean not null,
  data jsonb not null,
  at timestamptz not null,
  -- bundled: it goes within another. dropped: not to be told any more when it was due. failed: given up
  state text not null check (state in ('waiting', 'bundled', 'delivered', 'dropped', 'failed')),
  bundle_id uuid references webhook_message on delete cascade,
  tries integer not null,
  due_at timestamptz not null,
  -- when it was first sent by itself
  sent_at timestamptz,
  unique (webhook_id, key)
);
create index webhook_message_list on webhook_message (webhook_id, at desc, id desc);
create index webhook_message_due on webhook_message (webhook_id, due_at) where state = 'waiting';
create index webhook_message_bundle on webhook_message (bundle_id) where bundle_id is not null;
create index webhook_message_device on webhook_message (device_id);
create index webhook_message_at on webhook_message (at);

create table webhook_attempt (
  id uuid primary key,
  message_id uuid not null references webhook_message on delete cascade,
  at timestamptz not null,
  -- of the answer; null: there was none
  status integer,
  -- the answer's first characters, or why there was none
  said text not null,
  took_ms integer not null
);
create index webhook_attempt_message on webhook_attempt (message_id, at);

-- Administrators hear of a webhook that was switched off, whatever else they have chosen.
update notice_settings set kinds = array_append(kinds, 'webhook-off') where not 'webhook-off' = any (kinds);
