-- Who did what to what, in the order of commits. Rows are only ever added; each carries a keyed hash over itself and the one before.
create table audit_entry (
  position bigint primary key,
  id uuid not null unique,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('account', 'api-key', 'visitor', 'system')),
  actor_id uuid,
  action text not null,
  target_kind text,
  target_id text,
  outcome text not null check (outcome in ('done', 'refused')),
  request_id text,
  -- json, not jsonb: the hash covers the text as it was written. Before and after, without personal values
  changes json not null,
  -- [{ subject, sealed }]: personal values, each encrypted under its subject's key
  personal json not null,
  hash bytea not null
);
create index audit_entry_by_actor on audit_entry (actor_id, position);
create index audit_entry_by_target on audit_entry (target_kind, target_id, position);
create index audit_entry_by_action on audit_entry (action, position);
create index audit_entry_by_time on audit_entry (at, position);

-- Where the chain ends. Locked by each transaction that adds to it, last of all its locks.
create table audit_head (
  only_one boolean primary key default true check (only_one),
  position bigint not null,
  hash bytea not null
);
insert into audit_head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

create function audit_entry_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is only ever added to';
end $$;
create trigger audit_entry_is_final before update or delete or truncate on audit_entry execute function audit_entry_is_final();
