import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { partsOfTypes } from '#features/devices/server'
import { changedMeanwhile, type Database, invalid, notFound, type Platform } from '#platform/server'
import type { PackageFields, ServicePackage } from '../core/index.ts'
import type { PackageTables } from './tables.ts'

export type PackageRow = Selectable<PackageTables['service_package']>

const noSuchPackage = () => notFound({ 'zh-CN': '服务包', en: 'service package' })

/** Every package, those that are offered first, with the number of machines at which each is in force. */
export async function listPackages(platform: Platform): Promise<ServicePackage[]> {
  const rows = await platform.database
    .db<PackageTables>()
    .selectFrom('service_package')
    .selectAll()
    .orderBy('offered', 'desc')
    .orderBy('created_at')
    .execute()
  const machines = await machinesInForce(platform)
  return rows.map(row => presented(row, machines))
}

/** One package with its revision; 404 where there is none. */
export async function getPackage(platform: Platform, packageId: string): Promise<{ value: ServicePackage; etag: string }> {
  const row = await packageRow(platform.database, packageId)
  return { value: presented(row, await machinesInForce(platform)), etag: String(row.revision) }
}

/** Of one package, as it is now; 404 where there is none. */
export async function packageRow({ db }: Database, packageId: string): Promise<PackageRow> {
  const row = await db<PackageTables>().selectFrom('service_package').selectAll().where('id', '=', packageId).executeTakeFirst()
  if (!row) throw noSuchPackage()
  return row
}

export const packagesById = async ({ db }: Database, ids: readonly string[]): Promise<PackageRow[]> =>
  ids.length === 0
    ? []
    : db<PackageTables>().selectFrom('service_package').selectAll().where('id', 'in', ids).orderBy('created_at').execute()

/** A new package. Answers its id. Its types have to be there. */
export async function createPackage(platform: Platform, fields: PackageFields): Promise<string> {
  const { database } = platform
  return database.transaction(async () => {
    await demandTypes(database, fields)
    const [id, now] = [platform.newId(), platform.now()]
    await database
      .db<PackageTables>()
      .insertInto('service_package')
      .values({ id, ...valuesOf(fields), revision: 1, created_at: now, updated_at: now })
      .execute()
    await platform.audit.write({ action: 'package.created', target: { kind: 'package', id }, after: { ...fields } })
    return id
  })
}

/** Writes a package anew. 412 where somebody did meanwhile. */
export async function changePackage(
  platform: Platform,
  { packageId, revision, fields }: { packageId: string; revision: string; fields: PackageFields },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await demandTypes(database, fields)
    const before = await packageRow(database, packageId)
    const row = await database
      .db<PackageTables>()
      .updateTable('service_package')
      .set({ ...valuesOf(fields), revision: before.revision + 1, updated_at: platform.now() })
      .where('id', '=', packageId)
      .where(sql<boolean>`revision::text = ${revision}`)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw changedMeanwhile()
    await platform.audit.write({
      action: 'package.changed',
      target: { kind: 'package', id: packageId },
      before: { ...fieldsOf(before) },
      after: { ...fields },
    })
  })
}

export const hasPackages = async ({ db }: Database): Promise<boolean> =>
  (await db<PackageTables>().selectFrom('service_package').select('id').limit(1).executeTakeFirst()) !== undefined

const valuesOf = ({ name, description, typeIds, trialDays, showsProof, ...fields }: PackageFields) => ({
  ...{ name_zh: name['zh-CN'], name_en: name.en, description_zh: description['zh-CN'], description_en: description.en },
  ...{ ...fields, type_ids: [...new Set(typeIds)], rights: [...new Set(fields.rights)] },
  ...{ trial_days: trialDays, shows_proof: showsProof },
})

const fieldsOf = (row: PackageRow): PackageFields => ({
  name: { 'zh-CN': row.name_zh, en: row.name_en },
  description: { 'zh-CN': row.description_zh, en: row.description_en },
  ...{ typeIds: row.type_ids, rights: row.rights, net: row.net, currency: row.currency, months: row.months },
  ...{ trialDays: row.trial_days, offered: row.offered, showsProof: row.shows_proof },
})

const presented = (row: PackageRow, machines: ReadonlyMap<string, number>): ServicePackage => ({
  ...{ id: row.id, ...fieldsOf(row), machines: machines.get(row.id) ?? 0 },
})

async function machinesInForce({ database, now }: Platform): Promise<Map<string, number>> {
  const rows = await database
    .db<PackageTables>()
    .selectFrom('entitlement')
    .select(['package_id', sql<number>`count(distinct device_id)::int`.as('machines')])
    .where('ended_at', 'is', null)
    .where('from_at', '<=', now())
    .where('until_at', '>', now())
    .groupBy('package_id')
    .execute()
  return new Map(rows.map(row => [row.package_id, row.machines]))
}

async function demandTypes(database: Database, { typeIds }: PackageFields): Promise<void> {
  const known = new Set((await partsOfTypes(database)).map(({ typeId }) => typeId))
  const wrong = typeIds.flatMap((id, at) => (known.has(id) ? [] : [{ field: `/typeIds/${at}`, value: id, ...noSuchType }]))
  if (wrong.length > 0) throw invalid(wrong)
}

const noSuchType = {
  message: { 'zh-CN': '没有这个机型。', en: 'There is no such type of machines.' },
  remedy: { 'zh-CN': '请从列表中选择机型。', en: 'Choose types from the list.' },
}
