-- What of a machine is judged, and what is learned later than the rest, as of its last hour. Owned by features/diagnosis.
alter table device_diagnosis add column growth jsonb; -- null: not assessed since it was kept
