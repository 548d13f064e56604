-- The profile is edited in the console: two people who save at once are told. Counted from 1; 0 is the profile nobody has filled in yet.
alter table manufacturer add column revision integer not null default 1;
