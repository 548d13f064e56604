-- What a metric tells of a machine, and by which metrics a machine's ways of use were told apart when it learned. Owned by features/devices and features/diagnosis.
-- null: not said
alter table device_type_metric add column tells text;
-- null: not assessed since it was kept
alter table device_diagnosis add column used_by text;
