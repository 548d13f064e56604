-- What machines measured: whole numbers of 10^-decimals of the metric's unit. The same metric of a machine at the same moment is the same
-- reading: one that comes again replaces itself.
-- spread by: cityHash64(device_id)
create table if not exists {{reading}} (
  device_id UUID,
  metric LowCardinality(String),
  at DateTime64(3, 'UTC') codec(DoubleDelta, ZSTD(1)),
  scaled Int64 codec(Delta, ZSTD(1))
)
engine = {{engine ReplacingMergeTree}}
partition by toYYYYMM(at)
order by (device_id, metric, at)
settings {{durable}};

-- The last reading of each metric of each machine, so that nobody has to look for it.
-- spread by: cityHash64(device_id)
create table if not exists {{reading_latest}} (
  device_id UUID,
  metric LowCardinality(String),
  at DateTime64(3, 'UTC'),
  scaled Int64
)
engine = {{engine ReplacingMergeTree}}(at)
order by (device_id, metric)
settings {{durable}};
