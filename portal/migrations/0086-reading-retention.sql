-- How long readings are kept as they were measured; after that, by the hour. One row. Owned by features/telemetry.
create table reading_retention (
  only_one boolean primary key default true check (only_one),
  -- null: without end
  months integer check (months between 3 and 120),
  -- a shorter term, which holds from the night after
  next_months integer check (next_months between 3 and 120),
  next_since timestamptz,
  revision integer not null,
  check ((next_months is null) = (next_since is null))
);
-- where machines report already, nobody was asked: nothing of theirs goes until somebody says so
insert into reading_retention (months, revision) select case when exists (select from device) then null else 24 end, 1;
