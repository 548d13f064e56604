-- What else a nameplate says, in the words of OPC 40001-1 (MachineIdentification). Owned by features/devices.
alter table device
  -- null: the manufacturer whose portal this is
  add column manufacturer text,
  add column manufacturer_uri text,
  add column product_instance_uri text,
  add column device_class text,
  add column hardware_revision text,
  add column software_revision text,
  add column initial_operation_date date,
  -- as its owner numbers it
  add column asset_id text;
