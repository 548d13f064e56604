-- How the portal looks like the manufacturer's own: one colour, a logo, a square mark. No row, no value: the house's own look.
create table brand (
  only_one boolean primary key default true check (only_one),
  signal text check (signal ~ '^#[0-9a-f]{6}$'),
  revision integer not null,
  updated_at timestamptz not null
);
create table brand_picture (
  which text primary key check (which in ('logo', 'mark')),
  png bytea not null,
  width integer not null check (width between 1 and 2000),
  height integer not null check (height between 1 and 2000),
  -- of the bytes; it stands in the address
  hash text not null,
  updated_at timestamptz not null
);
