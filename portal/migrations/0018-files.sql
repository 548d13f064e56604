-- What lies in the file store, and what became of it. The row is written before the bytes and leaves after them, so that a crash
-- in between leaves nothing that this table does not know.
create table stored_file (
  id uuid primary key,
  -- what it was uploaded for; it can be attached to nothing else
  purpose text not null,
  -- as its owner called it, made safe; sealed
  name text not null,
  -- what it is, by its content
  kind text not null,
  bytes bigint not null,
  sha256 text not null,
  -- a small copy of the picture lies beside it
  preview boolean not null,
  -- arriving and leaving: its bytes are on their way. received: waits for the virus scanner. unscanned: there was none.
  state text not null check (state in ('arriving', 'received', 'clean', 'unscanned', 'refused', 'leaving')),
  -- what the scanner found
  finding text,
  -- SHA-256 of what the uploader shows to have it attached or removed; null once it is attached
  token_hash text unique,
  created_at timestamptz not null,
  attached_at timestamptz
);

create index stored_file_unattached on stored_file (created_at) where attached_at is null;
create index stored_file_unscanned on stored_file (created_at) where state in ('received', 'unscanned');
create index stored_file_leaving on stored_file (id) where state = 'leaving';

-- What a visitor sent with his inquiry.
create table inquiry_attachment (
  inquiry_id uuid not null references inquiry (id) on delete cascade,
  file_id uuid not null unique references stored_file (id) on delete cascade,
  place smallint not null,
  primary key (inquiry_id, place)
);
