-- Who runs this portal. One row.
create table manufacturer (
  only_one boolean primary key default true check (only_one),
  profile json not null,
  updated_at timestamptz not null
);
