-- Keys that encrypt personal data, each wrapped by a master key that is never in the database (ENCRYPTION_KEYS).
create table data_key (
  number integer generated always as identity primary key,
  -- data: encrypts columns; lookup: keyed hashes of what is searched exactly; audit: the chain of the audit log
  purpose text not null check (purpose in ('data', 'lookup', 'audit')),
  wrapped text not null,
  created_at timestamptz not null
);
create unique index data_key_single on data_key (purpose) where purpose <> 'data';

-- A key for each person, company or visit: destroying it destroys what only it opens, wherever copies of the ciphertext lie.
create table subject_key (
  subject_id uuid primary key,
  -- null: destroyed
  wrapped text,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);
