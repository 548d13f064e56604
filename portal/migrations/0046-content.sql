-- Pages of the manufacturer: what is being written, what is shown, and when that changes by itself.
create table content_page (
  id uuid primary key,
  -- which kinds there are is the code's to say: home, page, news, case
  kind text not null,
  -- last part of its address as it is being written; empty for the home page
  slug text not null,
  -- as it is being written; core/document.ts
  draft jsonb not null,
  revision integer not null,
  -- what is shown: a version, at an address; both null where it is not published
  shown_version_id uuid,
  shown_slug text,
  first_shown_at timestamptz,
  -- what will be shown, and when; and when it will be shown no more
  next_version_id uuid,
  publish_at timestamptz,
  unpublish_at timestamptz,
  changed_by uuid,
  changed_at timestamptz not null,
  created_at timestamptz not null,
  unique (kind, slug),
  unique (kind, shown_slug)
);
create index on content_page (publish_at) where publish_at is not null;
create index on content_page (unpublish_at) where unpublish_at is not null;

-- What a page said each time it was published, or was meant to be. Never changes.
create table content_version (
  id uuid primary key,
  page_id uuid not null references content_page on delete cascade,
  number integer not null,
  document jsonb not null,
  made_by uuid,
  made_at timestamptz not null,
  -- null: it waits, or was never shown
  shown_at timestamptz,
  unique (page_id, number)
);

-- Pictures of pages, in the widths browsers choose from.
create table content_picture (
  id uuid primary key,
  hash text not null unique,
  width integer not null,
  height integer not null,
  created_at timestamptz not null
);
create table content_picture_size (
  picture_id uuid not null references content_picture on delete cascade,
  width integer not null,
  webp bytea not null,
  primary key (picture_id, width)
);

-- Entries of the header and the footer; none: those the portal has by itself.
create table content_menu (
  only_one boolean primary key default true check (only_one),
  header jsonb not null,
  footer jsonb not null,
  revision integer not null,
  updated_at timestamptz not null
);
