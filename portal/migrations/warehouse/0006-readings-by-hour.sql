-- What is left of readings that are older than the term in which they are kept as they were measured: of each hour in which there were some the
-- lowest, the highest, their sum and their number. Of an hour that is written again the row of more readings stays.
-- spread by: cityHash64(device_id)
create table if not exists {{reading_hour}} (
  device_id UUID,
  metric LowCardinality(String),
  hour DateTime('UTC') codec(DoubleDelta, ZSTD(1)),
  low Int64 codec(Delta, ZSTD(1)),
  high Int64 codec(Delta, ZSTD(1)),
  total Int64 codec(Delta, ZSTD(1)),
  readings UInt32 codec(T64, ZSTD(1))
)
engine = {{engine ReplacingMergeTree}}(readings)
partition by toYear(hour)
order by (device_id, metric, hour)
settings {{durable}};
