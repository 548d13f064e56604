-- Where messages of machines go in, each as one row: from here their readings and the last of each metric are written in one go. It keeps nothing.
-- spread by: cityHash64(device_id)
create table if not exists {{readings_taken}} (
  device_id UUID,
  metric Array(LowCardinality(String)),
  at Array(DateTime64(3, 'UTC')),
  scaled Array(Int64)
)
engine = Null;

create materialized view if not exists {{readings_taken_reading}} to {{local reading}} as
select device_id, one.1 as metric, one.2 as at, one.3 as scaled
from (select device_id, arrayJoin(arrayZip(metric, at, scaled)) as one from {{local readings_taken}});

create materialized view if not exists {{readings_taken_latest}} to {{local reading_latest}} as
select device_id, one.1 as metric, max(one.2) as at, argMax(one.3, one.2) as scaled
from (select device_id, arrayJoin(arrayZip(metric, at, scaled)) as one from {{local readings_taken}})
group by device_id, metric;
