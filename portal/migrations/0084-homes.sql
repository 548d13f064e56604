-- Portal processes that messages of machines come to, each until its lease ends, which it renews. Unlogged: after a crash each says again that it lives.
create unlogged table portal_process (
  id uuid primary key,
  until timestamptz not null
);

-- Readings that came to another portal process than the home of their machine, until that has read them. Unlogged: after a crash homes ask
-- history. Owned by features/alarms.
create unlogged table handed_reading (
  position bigint primary key generated always as identity,
  -- the portal process
  home uuid not null,
  -- of many machines, as [device, received, [metric, at, scaled]…]
  messages text not null
);
alter table handed_reading alter column messages set storage external;
create index handed_reading_home on handed_reading (home, position);
