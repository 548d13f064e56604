-- What people are told, how each wants to be told, and what was sent to whom. Owned by features/notices.
create table notice (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  kind text not null,
  urgency text not null check (urgency in ('critical', 'high', 'medium', 'low')),
  -- of what it tells: somebody has one notice of each
  key text not null,
  -- the thing itself, for whoever knows whether it still waits: an alarm
  subject_id uuid not null,
  -- the machine and the moment it is about: who may not see that moment does not see the notice; null: about no machine
  device_id uuid references device on delete cascade,
  moment timestamptz,
  -- its words in both languages
  content jsonb not null,
  -- shown in the portal
  listed boolean not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (person_id, key)
);
create index notice_of_person on notice (person_id, at desc, id desc) where listed;
create index notice_unread on notice (person_id) where listed and read_at is null;
create index notice_device on notice (device_id);
create index notice_at on notice (at);

create table notice_delivery (
  notice_id uuid not null references notice on delete cascade,
  channel text not null check (channel in ('mail', 'sms')),
  -- not before: quiet hours end, or a flood's summary is due
  due_at timestamptz not null,
  -- dropped: of no use any more when it was due
  state text not null check (state in ('waiting', 'sent', 'bundled', 'dropped')),
  settled_at timestamptz,
  primary key (notice_id, channel)
);
create index notice_delivery_waiting on notice_delivery (due_at) where state = 'waiting';

-- Of those who have chosen; everybody else is told as it is usual for his side.
create table notice_settings (
  person_id uuid primary key references person on delete cascade,
  -- by urgency: ["portal", "mail"]
  channels jsonb not null,
  kinds text[] not null,
  -- HH:MM in the zone; null: no quiet hours
  quiet_from text,
  quiet_until text,
  zone text not null,
  revision integer not null,
  updated_at timestamptz not null
);
