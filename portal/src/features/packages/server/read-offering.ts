import { intervalsOfManufacturer, noSuchDevice, type TypedDevice, typedDevices, visibleIntervals } from '#features/devices/server'
import { outcomeIn } from '#features/outcomes/server'
import type { Account, Database, Platform } from '#platform/server'
import { isInForce, mostMachines, type Offer, type Offering, type Proof, type Standing, statusOf } from '../core/index.ts'
import { closedTo, type EntitlementRow, offeredPackages, timesOf } from './open-rights.ts'
import type { PackageTables } from './tables.ts'
import { type PackageRow, packagesById } from './write-packages.ts'

const mostStandings = 20
const lookedAt = 365 * 86_400_000

/** Which packages there are for a machine, and how each stands for the account's company. 404 where nothing of the machine is its. */
export async function readOffering(platform: Platform, account: Account | null, deviceId: string): Promise<Offering> {
  const { database } = platform
  const companyId = await demandPresent(platform, account, deviceId)
  const [[device], closed, every] = await Promise.all([
    typedDevices(database, { ids: [deviceId] }),
    closedTo(platform, companyId, [deviceId]),
    entitlementsOf(database, companyId),
  ])
  const offers = await packagesAt(
    database,
    device?.typeId ?? null,
    every.filter(({ device_id, ended_at }) => device_id === deviceId && !ended_at),
  )
  const owned = (await typedDevices(database, { typeIds: offers.flatMap(({ type_ids }) => type_ids) })).filter(
    ({ ownerId }) => ownerId === companyId,
  )
  return {
    closed: closed.get(deviceId) ?? [],
    owner: device?.ownerId === companyId,
    packages: offers.map(row => offerOf(row, device, { all: every, owned, companyId, now: platform.now() })),
  }
}

/** Answers the account's company, which has a part in the machine now; 404 for anybody else. */
async function demandPresent(platform: Platform, account: Account | null, deviceId: string): Promise<string> {
  const intervals = await visibleIntervals(platform, account, deviceId)
  const companyId = account?.companyId ?? null
  if (companyId === null || !intervals.some(({ until }) => until === null)) throw noSuchDevice()
  return companyId
}

/**
 * What came of warnings in a year at all machines of the types of each package that is offered for a machine, as far as their owners share with the
 * manufacturer what they report, and where he has it shown. 404 where nothing of the machine is the account's company's.
 */
export async function readProofs(platform: Platform, account: Account | null, deviceId: string): Promise<Proof[]> {
  const { database } = platform
  await demandPresent(platform, account, deviceId)
  const [device] = await typedDevices(database, { ids: [deviceId] })
  const until = platform.now()
  const from = new Date(until.getTime() - lookedAt)
  const shown = (await packagesAt(database, device?.typeId ?? null, [])).filter(({ shows_proof }) => shows_proof)
  return Promise.all(
    shown.map(async ({ id, type_ids }) => {
      const ids = (await typedDevices(database, { typeIds: type_ids })).map(one => one.id)
      const told = await outcomeIn(platform, await intervalsOfManufacturer(platform, ids), { from, until })
      return { packageId: id, from: from.toISOString(), until: until.toISOString(), ...told }
    }),
  )
}

/** What of a company decides on what it may ask for. */
interface Company {
  companyId: string
  all: readonly EntitlementRow[]
  owned: readonly TypedDevice[]
  now: Date
}

/** Those that are offered, and those that the company has though they are not offered any more. */
async function packagesAt(database: Database, typeId: string | null, all: readonly EntitlementRow[]): Promise<PackageRow[]> {
  const offered = (await offeredPackages(database)).filter(({ type_ids }) => typeId !== null && type_ids.includes(typeId))
  const missing = all.map(({ package_id }) => package_id).filter(id => !offered.some(one => one.id === id))
  return [...offered, ...(await packagesById(database, [...new Set(missing)]))]
}

/** Of all machines of the company, the last first. */
const entitlementsOf = ({ db }: Database, companyId: string): Promise<EntitlementRow[]> =>
  db<PackageTables>().selectFrom('entitlement').selectAll().where('company_id', '=', companyId).orderBy('id', 'desc').execute()

function offerOf(row: PackageRow, device: TypedDevice | undefined, { all, owned, companyId, now }: Company): Offer {
  const of = (deviceId: string | undefined) => all.filter(one => one.package_id === row.id && one.device_id === deviceId)
  const mayAsk = ({ id, ownerId, typeId }: TypedDevice) =>
    ownerId === companyId &&
    row.offered &&
    row.type_ids.includes(typeId) &&
    !of(id).some(one => ['requested', 'granted'].includes(statusOf(timesOf(one), now)))
  const own = of(device?.id)
  const tried = own.some(({ kind }) => kind === 'trial')
  const inForce = own.some(one => isInForce(statusOf(timesOf(one), now)))
  const may = device !== undefined && mayAsk(device)
  return {
    ...{ id: row.id, name: { 'zh-CN': row.name_zh, en: row.name_en }, rights: row.rights, trialDays: row.trial_days },
    description: { 'zh-CN': row.description_zh, en: row.description_en },
    price: { net: row.net, currency: row.currency, months: row.months },
    mayTry: may && row.trial_days > 0 && !tried && !inForce,
    mayAsk: may,
    others: owned
      .filter(one => one.id !== device?.id && mayAsk(one))
      .slice(0, mostMachines - 1)
      .map(({ id, serial, model }) => ({ id, serial, model })),
    standings: own.slice(0, mostStandings).map(one => standingOf(one, now)),
  }
}

/** How an entitlement stands, as plain data. */
export const standingOf = (row: EntitlementRow, now: Date): Standing => ({
  ...{ id: row.id, kind: row.kind, status: statusOf(timesOf(row), now), rights: row.rights, ending: row.ending },
  price: { net: row.net, currency: row.currency, months: row.months },
  requestedAt: row.requested_at.toISOString(),
  from: row.from_at?.toISOString() ?? null,
  until: row.until_at?.toISOString() ?? null,
})
