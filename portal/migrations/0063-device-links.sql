-- Which connection of a machine is the one that counts, where a broker outside has its connections and the machine itself says that it is
-- there: the last word of an older one tells of nothing. Owned by features/telemetry.
alter table device_connection add column session text;
