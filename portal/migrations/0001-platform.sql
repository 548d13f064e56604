-- Past-tense facts. A use case adds its event in the transaction that makes it true: this table is the outbox.
create table event (
  id uuid primary key,
  name text not null,
  data jsonb not null,
  at timestamptz not null,
  -- The order of delivery, given after the commit by whoever numbers: a transaction that commits late gets a late number,
  -- so a cursor that stands at n has seen all up to n.
  position bigint unique
);
create index event_unnumbered on event (id) where position is null;
create index event_by_name on event (name, position);
create sequence event_position;

-- How far each listener has come, and how it fares with the event that is next.
create table event_listener (
  name text primary key,
  position bigint not null,
  attempts int not null default 0,
  retry_at timestamptz,
  last_error text
);

-- Events a listener could not handle after its last attempt; it went on without them.
create table event_parked (
  listener text not null,
  event_id uuid not null references event (id),
  attempts int not null,
  error text not null,
  parked_at timestamptz not null,
  primary key (listener, event_id)
);

-- Mail the demo sent to nobody.
create table caught_mail (
  id uuid primary key,
  message_id text not null unique,
  sender text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  attachments jsonb not null default '[]',
  at timestamptz not null
);
create index caught_mail_by_time on caught_mail (at desc, id desc);
