-- How edge nodes of Sparkplug B stand: what their births declared, and which message was the last. Kept here, so that any portal process can
-- take the next one. Owned by features/telemetry.
create table sparkplug_node (
  device_id uuid primary key references device on delete cascade,
  -- counts changes: who read an older one looks again
  version integer not null,
  -- counts births: the list of metrics is as old as that
  birth integer not null,
  -- [{device, name, alias, type}]
  metrics jsonb not null,
  -- sequence numbers, devices below, when it was asked to be born again
  state jsonb not null
);
