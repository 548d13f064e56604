-- A model file that was read and waits beside what visitors configure: one for a product at most, in a table of its own, so that
-- no query for visitors can come upon it.
create table model_draft (
  id uuid primary key,
  product_id uuid not null unique references product (id),
  version text not null,
  model json not null,
  source_format text not null,
  file_name text not null,
  notes json not null,
  presentation json not null,
  -- what was found when it was read: see products/core/checks
  findings json not null,
  author_id uuid,
  created_at timestamptz not null
);

-- What happened to a product and its model: who, when, and why.
create table product_entry (
  id uuid primary key,
  product_id uuid not null references product (id),
  kind text not null check (kind in ('imported', 'discarded', 'published', 'status')),
  -- of 'published'
  model_version_id uuid references model_version (id),
  author_id uuid,
  reason text,
  -- the version's name, the file, the status: see products/server/product-entries.ts
  data json not null,
  at timestamptz not null
);
create index product_entry_by_product on product_entry (product_id, id);
