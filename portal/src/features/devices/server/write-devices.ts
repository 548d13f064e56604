import { sql } from 'kysely'
import { readManufacturer } from '#features/manufacturer/server'
import { type Database, type Platform, sealFields } from '#platform/server'
import type { Identification } from '../core/index.ts'
import { identificationColumns } from './identification.ts'
import type { DeviceTables } from './tables.ts'
import { typeOfModels } from './types/assign-types.ts'

export interface NewDevice {
  id: string
  serial: string
  serialKey: string
  model: string
  modelKey: string
  typeCode: string | null
  /** YYYY-MM-DD */
  deliveredOn: string | null
  warrantyUntil: string | null
  site: string | null
  /** who owns it, since it was delivered; null: nobody yet */
  companyId: string | null
  /** null: the type that names the model */
  typeId?: string | null
  orderNumber?: string | null
  configurationToken?: string | null
  builtYear?: number | null
  identification?: Partial<Identification>
}

/** Rows of one statement. */
const piece = 500

/** Writes machines with their owners, in the ambient transaction. importId: by which they came; null: by none. Throws where one of them is known. */
export async function writeDevices(platform: Platform, devices: readonly NewDevice[], importId: string | null): Promise<void> {
  const db = platform.database.db<DeviceTables>()
  const typeOf = await typeOfModels(platform.database)
  const { timeZone } = await readManufacturer(platform.database)
  for (let at = 0; at < devices.length; at += piece) {
    const some = devices.slice(at, at + piece)
    const rows = await Promise.all(
      some.map(async device => ({
        id: device.id,
        serial: device.serial,
        serial_key: device.serialKey,
        model: device.model,
        model_key: device.modelKey,
        type_code: device.typeCode,
        type_id: device.typeId ?? typeOf(device.modelKey),
        order_number: device.orderNumber ?? null,
        configuration_token: device.configurationToken ?? null,
        built_year: device.builtYear ?? null,
        ...identificationColumns(device.identification ?? {}),
        delivered_on: device.deliveredOn,
        warranty_until: device.warrantyUntil,
        ...(await sealFields(platform.vault, 'device', { site: device.site })),
        import_id: importId,
        created_at: platform.now(),
      })),
    )
    await db.insertInto('device').values(rows).execute()
    const owned = some.flatMap(({ id, companyId, deliveredOn }) =>
      companyId === null
        ? []
        : [
            {
              ...{ id: platform.newId(), device_id: id, company_id: companyId, role: 'owner' as const },
              ...{ from_day: deliveredOn, until_day: null, until_at: null },
              from_at: sql<Date | null>`${deliveredOn}::timestamp at time zone ${timeZone}`,
            },
          ],
    )
    if (owned.length > 0) await db.insertInto('device_ownership').values(owned).execute()
  }
}

type Fill = Pick<NewDevice, 'id' | 'typeCode' | 'deliveredOn' | 'warrantyUntil' | 'site'>

/** Fills what is blank of machines. */
export async function fillDevices({ database, vault }: Platform, fills: readonly Fill[]): Promise<void> {
  for (const { id, typeCode, deliveredOn, warrantyUntil, site } of fills) {
    const sealed = await sealFields(vault, 'device', { site })
    await database
      .db<DeviceTables>()
      .updateTable('device')
      .set({
        type_code: sql`coalesce(type_code, ${typeCode})`,
        delivered_on: sql`coalesce(delivered_on, ${deliveredOn}::date)`,
        warranty_until: sql`coalesce(warranty_until, ${warrantyUntil}::date)`,
        site: sql`coalesce(site, ${sealed.site})`,
      })
      .where('id', '=', id)
      .execute()
  }
}

/** Whether one of these companies has a machine that did not come by this import. */
export async function haveOtherDevices({ db }: Database, companyIds: readonly string[], importId: string): Promise<boolean> {
  const row = await db<DeviceTables>()
    .selectFrom('device_ownership as o')
    .innerJoin('device as d', 'd.id', 'o.device_id')
    .select('o.id')
    .where(sql<boolean>`o.company_id = any(${companyIds}::uuid[])`)
    .where(sql<boolean>`d.import_id is distinct from ${importId}`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Serial numbers of machines of an import that have changed hands since, or sign in by something: at most ten. They are not taken back. */
export async function importedDevicesInUse({ db }: Database, importId: string): Promise<string[]> {
  const rows = await db<DeviceTables>()
    .selectFrom('device as d')
    .select('d.serial')
    .where('d.import_id', '=', importId)
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('device_ownership as o')
            .select('o.id')
            .whereRef('o.device_id', '=', 'd.id')
            .where(({ or, eb }) => or([eb('o.until_at', 'is not', null), eb('o.role', '!=', 'owner')])),
        ),
        exists(selectFrom('device_credential as c').select('c.id').whereRef('c.device_id', '=', 'd.id')),
      ]),
    )
    .limit(10)
    .execute()
  return rows.map(({ serial }) => serial)
}

/** Removes the machines that came by an import, with their owners. */
export async function removeImportedDevices({ database, record }: Platform, importId: string): Promise<void> {
  const db = database.db<DeviceTables>()
  const removed = await db.deleteFrom('device').where('import_id', '=', importId).returning('id').execute()
  for (const { id } of removed) await record('device.deleted', { deviceId: id })
}
