-- Documents of products and machines: what they are, who may have them, their versions, and how often they were fetched.
create table document (
  id uuid primary key,
  kind text not null check (kind in ('manual', 'certificate', 'drawing', 'maintenance', 'data-sheet', 'software', 'other')),
  -- in which it is written
  language text not null check (language in ('zh-CN', 'en', 'both', 'other')),
  title_zh text not null,
  title_en text not null,
  -- as the manufacturer counts his documents; null: it has none
  number text,
  -- offered from this day on; null: at once
  valid_from date,
  audience text not null check (audience in ('everybody', 'signed-in', 'owners', 'companies', 'staff')),
  -- it belongs to whatever the manufacturer makes
  all_products boolean not null,
  -- who may have it sees its earlier versions too
  open_history boolean not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  -- the version that is offered
  current_version integer not null,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table document_product (
  document_id uuid not null references document on delete cascade,
  product_id uuid not null references product on delete cascade,
  primary key (document_id, product_id)
);
create index document_product_product on document_product (product_id);

create table document_device (
  document_id uuid not null references document on delete cascade,
  device_id uuid not null references device on delete cascade,
  primary key (document_id, device_id)
);
create index document_device_device on document_device (device_id);

create table document_company (
  document_id uuid not null references document on delete cascade,
  company_id uuid not null references company on delete cascade,
  primary key (document_id, company_id)
);
create index document_company_company on document_company (company_id);

create table document_version (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  version integer not null,
  -- a version that was restored has the file of the earlier one
  file_id uuid not null references stored_file,
  sha256 text not null,
  -- what changed
  note text not null,
  -- the version it is once more; null: a file of its own
  again integer,
  -- null: the demo
  author_id uuid,
  created_at timestamptz not null,
  unique (document_id, version)
);
create index document_version_file on document_version (file_id);
create index document_version_sha256 on document_version (sha256);

-- How often, whoever it was.
create table document_day (
  version_id uuid not null references document_version on delete cascade,
  day date not null,
  downloads integer not null,
  primary key (version_id, day)
);

-- Who, of those who were signed in.
create table document_download (
  id uuid primary key,
  version_id uuid not null references document_version on delete cascade,
  person_id uuid not null references person on delete cascade,
  company_id uuid references company on delete set null,
  at timestamptz not null
);
create index document_download_version on document_download (version_id, id);
create index document_download_person on document_download (person_id);
create index document_download_company on document_download (company_id);
create index document_download_at on document_download (at);

-- What nameplates call the machines of a product beside its own names: VM-850, or VM-* for all that begin so.
create table document_nameplate (
  product_id uuid not null references product on delete cascade,
  pattern text not null,
  pattern_key text not null,
  primary key (product_id, pattern_key)
);
