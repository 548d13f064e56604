-- Which languages the portal speaks. No row: all there are.
create table offered_languages (
  only_one boolean primary key default true check (only_one),
  languages text[] not null check (languages <@ array['zh-CN', 'en'] and cardinality(languages) between 1 and 2),
  revision integer not null,
  updated_at timestamptz not null
);

-- What the form of a new product and a new offer begin with. No row: CNY, without tax.
create table product_preset (
  only_one boolean primary key default true check (only_one),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- {"name": {"zh-CN", "en"}, "percent"}; null: without tax
  tax json,
  revision integer not null,
  updated_at timestamptz not null
);

-- The manufacturer's privacy notice as it was published, counted from 1; what was published is never changed. None: the text that comes with the portal.
create table privacy_notice (
  version integer primary key check (version > 0),
  -- {"zh-CN", "en"}
  text json not null,
  -- what is new in it, for readers; the same shape
  change json not null,
  published_at timestamptz not null,
  published_by uuid
);
-- The next version while it is being written. One row.
create table privacy_notice_draft (
  only_one boolean primary key default true check (only_one),
  text json not null,
  revision integer not null,
  updated_at timestamptz not null
);

-- Which notice stood on the privacy page when a consent was given: 0 is the text that comes with the portal; null: from before notices were counted.
alter table consent add column notice_version integer;
-- SHA-256 of it in the language in which it was shown
alter table consent add column notice_hash text;
