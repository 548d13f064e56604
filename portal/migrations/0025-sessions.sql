-- Somebody who may not sign in any more keeps his name in histories. By whom and why stands in the audit log.
alter table person add column deactivated_at timestamptz;
-- Written at most once a minute.
alter table session add column last_seen_at timestamptz;
