-- What a group chat is told of, and the alarms on their way into it. Owned by features/robots.
alter table robot add column tells text[] not null default '{lead}';
-- the lowest severity of alarms it is told of
alter table robot add column alarms_from text not null default 'high';

create table robot_alarm (
  robot_id uuid not null references robot on delete cascade,
  alarm_id uuid not null references alarm on delete cascade,
  at timestamptz not null,
  -- dropped: of no use any more when it was due
  state text not null check (state in ('waiting', 'sent', 'bundled', 'dropped')),
  settled_at timestamptz,
  primary key (robot_id, alarm_id)
);
create index robot_alarm_alarm on robot_alarm (alarm_id);
create index robot_alarm_settled on robot_alarm (robot_id, settled_at);

-- Alarms that nobody has acknowledged in time.
create index alarm_to_escalate on alarm (noticed_at) where state = 'unacknowledged' and escalate_after is not null and escalated_at is null;
