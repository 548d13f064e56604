-- Alarms of a company's own rule are told to its people, and to others only where the rule says so (manufacturer, holders). An alarm carries what its rule
-- said. Owned by features/alarms.
alter table alarm_rule add column tells text[] not null default '{}';
alter table alarm
  -- whose own rule raised it; null: a rule of the manufacturer's, or what was found otherwise
  add column rule_company_id uuid,
  add column tells text[] not null default '{}';
