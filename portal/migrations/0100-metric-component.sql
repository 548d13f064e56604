-- Which component a metric tells of, by its key. Owned by features/devices.
-- null: not said
alter table device_type_metric add column component text;
