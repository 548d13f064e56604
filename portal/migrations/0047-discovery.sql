-- How the portal is found and shared: what search engines and WeChat are told of it.
create table discovery (
  only_one boolean primary key default true check (only_one),
  -- engines are asked to stay away
  hidden boolean not null,
  -- verification codes by engine
  codes json not null,
  -- where IndexNow is told of pages; null: it is not told
  index_now_host text,
  -- made once and kept, for engines remember it
  index_now_key text,
  -- null: Baidu is not told of pages
  baidu_token text,
  wechat_app_id text,
  wechat_secret text,
  revision integer not null,
  updated_at timestamptz not null
);

-- Files at the root by which engines and WeChat see whose the portal is.
create table root_file (
  name text primary key,
  content text not null,
  added_at timestamptz not null
);

-- Addresses, without the origin, that a channel has still to be told of.
create table page_to_push (
  channel text not null check (channel in ('index-now', 'baidu')),
  path text not null,
  since timestamptz not null,
  primary key (channel, path)
);

-- What was told, and what was answered. The last ones are kept.
create table page_push (
  id uuid primary key,
  channel text not null check (channel in ('index-now', 'baidu')),
  at timestamptz not null,
  outcome text not null check (outcome in ('taken', 'caught', 'refused', 'failed')),
  -- why, as a word from a list
  reason text,
  addresses integer not null,
  -- the first of them
  first_path text not null,
  said text not null,
  -- how many more Baidu takes that day
  remain integer
);
create index page_push_at on page_push (at);

-- What WeChat gives for about two hours, by which cards of pages are signed.
create table wechat_ticket (
  app_id text primary key,
  ticket text,
  ticket_until timestamptz,
  -- until then nobody else asks WeChat
  busy_until timestamptz not null,
  failure text,
  failed_at timestamptz
);
