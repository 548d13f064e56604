-- Every event of the portal, as it stands in PostgreSQL, which it is filled from. `position` is its place there, unique.
-- Sorted as it is asked for: one kind of event over a time.
-- spread by: position
create table if not exists {{event}} (
  position UInt64 codec(Delta, ZSTD(1)),
  id UUID,
  name LowCardinality(String),
  data String codec(ZSTD(3)),
  at DateTime64(3, 'UTC') codec(Delta, ZSTD(1))
)
engine = {{engine MergeTree}}
partition by toYYYYMM(at)
order by (name, at, position)
settings {{durable}};

-- Each time the table of events was filled from the beginning; the last one counts. PostgreSQL keeps how far it has come.
-- spread by: cityHash64(id)
create table if not exists {{event_filling}} (id UUID, at DateTime64(3, 'UTC') default now64(3))
engine = {{engine MergeTree}}
order by at
settings {{durable}};
