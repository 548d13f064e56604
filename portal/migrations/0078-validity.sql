-- Metrics that are not believed: how fast one can change, and what was not used. Owned by features/devices and features/diagnosis.
-- fastest change that is possible, in the metric's unit per second; null: not said
alter table device_type_metric add column max_rate double precision check (max_rate > 0);

alter table device_finding
  -- there are more kinds; the code's type names them
  drop constraint device_finding_kind_check,
  -- of a sensor that is not believed: moments whose reading was not used
  add column unused integer;
