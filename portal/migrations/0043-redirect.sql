-- Addresses of the site before, and where what stood there is now.
create table redirect (
  id uuid primary key,
  -- path with its query as core/redirect.ts writes it
  old text not null unique,
  target text not null,
  hits bigint not null default 0,
  last_hit_at timestamptz,
  created_at timestamptz not null
);
