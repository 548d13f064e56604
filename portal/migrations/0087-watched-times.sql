-- Since when a machine learns what is usual, and when it was watched for what is not. Owned by features/diagnosis.
-- by the machine's clock: readings from here on made what is usual; null: from before this was written down
alter table device_diagnosis add column learning_since timestamptz;

-- Times in which it was known what is usual at a machine, before that was learned anew. They may overlap.
create table device_watched (
  device_id uuid not null references device on delete cascade,
  from_at timestamptz not null,
  until_at timestamptz not null,
  primary key (device_id, from_at),
  check (until_at > from_at)
);
