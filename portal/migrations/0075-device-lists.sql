-- Many machines registered at once by a list. Owned by features/provisioning.
create table device_list (
  id uuid primary key,
  file_name text not null,
  sha256 text not null,
  registered_at timestamptz not null,
  registered_by uuid not null,
  -- the last time what its machines sign in and are claimed by was given out
  handed_out_at timestamptz,
  handed_out_by uuid
);
create index device_list_at on device_list (registered_at desc, id desc);
create index device_list_file on device_list (sha256);

create table device_list_member (
  list_id uuid not null references device_list on delete cascade,
  device_id uuid not null references device on delete cascade,
  -- in the order of the file
  place integer not null,
  -- what was given out for the machine last; null: nothing, or a claim code alone
  credential_id uuid,
  primary key (list_id, device_id)
);
create unique index device_list_member_device on device_list_member (device_id);

-- The order a machine was built for, as the manufacturer numbers it. Of features/devices.
alter table device add column order_number text;
