-- When an edge node of Sparkplug was told: it neither repeats a version nor an id, so that what it says is set against that moment.
alter table setting_wish add column told_at timestamptz;
alter table machine_command add column told_at timestamptz;
