-- A product is what the catalogue shows; its model versions are the rules it is configured by.
create table product (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  position integer not null default 0,
  status text not null check (status in ('draft', 'published', 'withdrawn')),
  -- what the product page says beyond the model: see products/core/page-content.ts
  page json,
  current_version_id uuid,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table model_version (
  id uuid primary key,
  product_id uuid not null references product (id),
  version text not null,
  -- json, not jsonb: the order of keys is the order a reader sees
  model json not null,
  source_format text not null,
  -- what the import could not express, for the console
  notes json not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (product_id, version)
);

alter table product add constraint product_current_version foreign key (current_version_id) references model_version (id);
create index product_by_position on product (position, id);
