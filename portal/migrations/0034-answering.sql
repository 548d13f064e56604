-- Within how many working hours a new lead is to be dealt with, and when those are. One row; none: the presets of the code.
create table answering (
  only_one boolean primary key default true check (only_one),
  within_hours integer not null check (within_hours between 0 and 400),
  days integer[] not null,
  from_minute integer not null check (from_minute between 0 and 1439),
  to_minute integer not null check (to_minute between 1 and 1440 and to_minute > from_minute),
  revision integer not null,
  updated_at timestamptz not null
);
alter table lead add column reminded_at timestamptz;
alter table lead add column escalated_at timestamptz;
