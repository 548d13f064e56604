import { sql } from 'kysely'
import type { Database } from '#platform/server'
import { plainKey } from '../core/index.ts'
import type { DeviceTables } from './tables.ts'

/** A machine by its nameplate. */
export interface NamedDevice {
  id: string
  serial: string
  model: string
  /** the model as it is compared */
  modelKey: string
}

const plate = ['d.id', 'd.serial', 'd.model', 'd.model_key as modelKey'] as const

/** A machine towards which a company has a role. */
export interface HeldDevice extends NamedDevice {
  /** it is the owner, whatever else it is */
  owned: boolean
}

/** The machines towards which a company has a role now, by serial number. */
export const heldDevices = ({ db }: Database, companyId: string): Promise<HeldDevice[]> =>
  db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_ownership as o', 'o.device_id', 'd.id')
    .select(plate)
    .select(sql<boolean>`bool_or(o.role = 'owner')`.as('owned'))
    .where('o.company_id', '=', companyId)
    .where('o.until_at', 'is', null)
    .groupBy('d.id')
    .orderBy('d.serial_key')
    .execute()

/** The machines with this serial number, however it is spaced and cased: different models may have the same. */
export const devicesBySerial = ({ db }: Database, serial: string): Promise<NamedDevice[]> =>
  db<DeviceTables>().selectFrom('device as d').select(plate).where('d.serial_key', '=', plainKey(serial)).execute()

export const devicesById = async ({ db }: Database, ids: readonly string[]): Promise<NamedDevice[]> =>
  ids.length === 0
    ? []
    : db<DeviceTables>().selectFrom('device as d').select(plate).where('d.id', 'in', ids).orderBy('d.serial_key').execute()

/** A machine that is of a type. */
export interface TypedDevice extends NamedDevice {
  typeId: string
  /** YYYY-MM-DD; null: not known */
  deliveredOn: string | null
  builtYear: number | null
  /** who owns it now; null: nobody */
  ownerId: string | null
}

/** The machines of some types, by serial number, or those of them with these ids. */
export async function typedDevices(
  { db }: Database,
  { typeIds, ids }: { typeIds?: readonly string[]; ids?: readonly string[] },
): Promise<TypedDevice[]> {
  let query = db<DeviceTables>()
    .selectFrom('device as d')
    .leftJoin('device_ownership as o', join =>
      join.onRef('o.device_id', '=', 'd.id').on('o.role', '=', 'owner').on('o.until_at', 'is', null),
    )
    .select(plate)
    .select(['d.type_id', 'd.built_year as builtYear', 'o.company_id as ownerId'])
    .select(sql<string | null>`d.delivered_on::text`.as('deliveredOn'))
    .where('d.type_id', 'is not', null)
    .orderBy('d.serial_key')
  if (typeIds) query = query.where(sql<boolean>`d.type_id = any(${typeIds}::uuid[])`)
  if (ids) query = query.where(sql<boolean>`d.id = any(${ids}::uuid[])`)
  return (await query.execute()).map(({ type_id, ...device }) => ({ ...device, typeId: type_id! }))
}

const mostModels = 500

/** What nameplates call the machines of the register, with how many there are of each. */
export const modelsInRegister = ({ db }: Database): Promise<{ model: string; modelKey: string; machines: number }[]> =>
  db<DeviceTables>()
    .selectFrom('device as d')
    .select(eb => ['d.model_key as modelKey', eb.fn.min('d.model').as('model'), sql<number>`count(*)::int`.as('machines')])
    .groupBy('d.model_key')
    .orderBy('d.model_key')
    .limit(mostModels)
    .execute()
