import type { Insertable } from 'kysely'
import type { Identification } from '../core/index.ts'
import type { DeviceTables } from './tables.ts'

type Columns = Pick<
  Insertable<DeviceTables['device']>,
  | 'manufacturer'
  | 'manufacturer_uri'
  | 'product_instance_uri'
  | 'device_class'
  | 'hardware_revision'
  | 'software_revision'
  | 'initial_operation_date'
  | 'asset_id'
>

/** As it is written; what is blank is null. */
export const identificationColumns = (said: Partial<Identification>): Required<Columns> => ({
  manufacturer: said.manufacturer || null,
  manufacturer_uri: said.manufacturerUri || null,
  product_instance_uri: said.productInstanceUri || null,
  device_class: said.deviceClass || null,
  hardware_revision: said.hardwareRevision || null,
  software_revision: said.softwareRevision || null,
  initial_operation_date: said.initialOperationDate ?? null,
  asset_id: said.assetId || null,
})
