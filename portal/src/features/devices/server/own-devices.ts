import { sql } from 'kysely'
import { companyNames, listStaff, peopleOfCompany } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { decodeCursor, encodeCursor, type Platform } from '#platform/server'
import { type DeviceRole, deviceRoles, type Onlooker, type OwnDevice, type OwnDeviceDetail } from '../core/index.ts'
import { openCodes } from './claims/codes.ts'
import { agesOf, makerOf } from './device-detail.ts'
import { isNow, type KeptHolding, ownerAmong, readHoldings } from './holdings/read-holdings.ts'
import { noSuchDevice, platesOf } from './read-devices.ts'
import { reportedTo } from './revisions/read-revisions.ts'
import type { DeviceTables } from './tables.ts'

/** One page of the machines towards which a company has a role now, by serial number. */
export async function listOwnDevices(
  platform: Platform,
  companyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: OwnDevice[]; nextCursor: string | null }> {
  let query = platform.database
    .db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_ownership as o', 'o.device_id', 'd.id')
    .select(['d.id', 'd.serial_key', sql<DeviceRole[]>`array_agg(o.role)`.as('roles')])
    .where('o.company_id', '=', companyId)
    .where('o.until_at', 'is', null)
    .groupBy('d.id')
    .orderBy('d.serial_key')
    .orderBy('d.id')
    .limit(limit + 1)
  if (cursor) {
    const { key, id } = decodeCursor<{ key: string; id: string }>(cursor, { key: 'string', id: 'uuid' })
    query = query.where(sql<boolean>`(d.serial_key, d.id) > (${key}, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const plates = await platesOf(
    platform,
    page.map(({ id }) => id),
  )
  const last = page.at(-1)
  return {
    items: plates.map(({ type, builtYear, configurationToken, revision, ...plate }) => ({
      ...plate,
      type: type?.name ?? null,
      role: highest(page.find(({ id }) => id === plate.id)!.roles),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ key: last.serial_key, id: last.id }) : null,
  }
}

const highest = (roles: readonly DeviceRole[]): DeviceRole => deviceRoles.find(role => roles.includes(role))!

/** A machine for somebody of a company that has a role towards it now; 404 for everybody else. manages: he looks after what the company owns */
export async function getOwnDevice(
  platform: Platform,
  { deviceId, companyId, manages }: { deviceId: string; companyId: string; manages: boolean },
): Promise<OwnDeviceDetail> {
  const { database } = platform
  const holdings = await readHoldings(database, [deviceId])
  const own = holdings.filter(holding => holding.companyId === companyId && isNow(holding))
  const [plate] = own.length > 0 ? await platesOf(platform, [deviceId]) : []
  if (!plate) throw noSuchDevice()
  const owner = ownerAmong(holdings)
  const owns = owner?.companyId === companyId
  const role = highest(own.map(holding => holding.role))
  const withheld = (whom: 'manufacturer' | 'service-partner') =>
    owner?.withheld.find(time => time.whom === whom && time.until === null)?.from?.toISOString() ?? null
  const { type, configurationToken, revision, ...facts } = plate
  const [components, manufacturer, reported, watching, codes] = await Promise.all([
    agesOf(database, plate),
    makerOf(database, plate),
    reportedTo(platform, deviceId, { kind: 'company', companyId }, holdings),
    onlookers(platform, companyId, owns ? holdings.filter(isNow) : own),
    owns && manages ? openCodes(platform, deviceId) : [],
  ])
  return {
    ...facts,
    role,
    type: type?.name ?? null,
    manufacturer,
    reported,
    components,
    since: own.find(holding => holding.role === role)?.from?.toISOString() ?? null,
    onlookers: watching,
    withheld: owns ? { manufacturer: withheld('manufacturer'), 'service-partner': withheld('service-partner') } : null,
    codes: codes
      .filter(code => code.company_id === companyId)
      .map(({ id, role: given, expires_at }) => ({ id, role: given, expiresAt: expires_at?.toISOString() ?? null })),
    manages: owns && manages,
  }
}

/** Who can see what a machine reports, as its owner is told: his own people, whom he let in, and the manufacturer. */
async function onlookers(platform: Platform, companyId: string, holdings: readonly KeptHolding[]): Promise<Onlooker[]> {
  const { database } = platform
  const others = holdings.filter(holding => holding.companyId !== companyId && holding.role !== 'owner')
  const [people, names, staff, maker] = await Promise.all([
    peopleOfCompany(database, companyId),
    companyNames(database, [companyId, ...others.map(one => one.companyId)]),
    listStaff(platform, 'device.read'),
    readManufacturer(database),
  ])
  const named = (id: string) => ({ 'zh-CN': names.get(id) ?? '', en: names.get(id) ?? '' })
  return [
    { id: null, who: 'own-company', name: named(companyId), people, count: people.length, since: null },
    ...others.map(
      ({ id, role, companyId: other, from }): Onlooker => ({
        ...{ id, who: role === 'operator' ? role : 'service-partner', name: named(other), people: [], count: null },
        since: from?.toISOString() ?? null,
      }),
    ),
    { id: null, who: 'manufacturer', name: maker.name, people: [], count: staff.length, since: null },
  ]
}
