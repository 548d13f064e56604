-- Plans of halls, and where a company's machines stand on them. Owned by features/floorplans.
create table floor_plan (
  id uuid primary key,
  company_id uuid not null references company on delete cascade,
  -- free words of the company, sealed
  name text not null,
  address text,
  -- metres
  width integer not null,
  depth integer not null,
  -- of the plan with all that stands on it
  revision integer not null,
  created_at timestamptz not null
);
create index floor_plan_company on floor_plan (company_id, created_at);

-- The drawing below, where there is one.
create table floor_plan_picture (
  plan_id uuid primary key references floor_plan on delete cascade,
  hash text not null,
  -- px
  width integer not null,
  height integer not null,
  webp bytea not null
);

create table floor_plan_place (
  -- a machine stands once at a company, whatever other companies have drawn
  company_id uuid not null references company on delete cascade,
  device_id uuid not null references device on delete cascade,
  plan_id uuid not null references floor_plan on delete cascade,
  -- ten-thousandths of the width from the left and of the depth from the top
  x integer not null check (x between 0 and 10000),
  y integer not null check (y between 0 and 10000),
  -- it holds while the time it was placed in is the company's and lasts
  placed_at timestamptz not null,
  primary key (company_id, device_id)
);
create index floor_plan_place_plan on floor_plan_place (plan_id);
create index floor_plan_place_device on floor_plan_place (device_id);
