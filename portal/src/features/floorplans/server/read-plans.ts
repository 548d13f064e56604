import { companyNames } from '#features/accounts/server'
import { machinesToWatch } from '#features/devices/server'
import type { FleetPage } from '#features/fleet/core'
import { readFleet, type StateSources } from '#features/fleet/server'
import { type Account, openFields, type Platform } from '#platform/server'
import type { FloorPlan, FloorPlanSummary, ShownPlan } from '../core/index.ts'
import { placesSeenBy } from './places.ts'
import { noSuchPlan } from './problems.ts'
import type { FloorPlanTables } from './tables.ts'

/** Machines that stand on no plan are named one by one up to here. */
const mostUnplaced = 200

/** The plans a reader may see: of his company, or for staff those with a machine on them that they are shown. By name. */
export async function listPlans(platform: Platform, reader: Account): Promise<FloorPlanSummary[]> {
  if (reader.kind === 'customer' && reader.companyId === null) return []
  const ofCompany = reader.companyId === null ? {} : { companyId: reader.companyId }
  const on = Map.groupBy(await placesSeenBy(platform, reader, ofCompany), ({ planId }) => planId)
  const rows = await plans(platform)
    .$if(reader.companyId !== null, query => query.where('p.company_id', '=', reader.companyId!))
    .execute()
  const shown = rows.filter(({ id }) => reader.kind === 'customer' || on.has(id))
  const read = await Promise.all(shown.map(row => viewOf(platform, reader, row)))
  return read
    .map(({ id, name, address, company }) => ({ id, name, address, company, machines: on.get(id)?.length ?? 0 }))
    .toSorted((a, b) => (a.company?.name ?? '').localeCompare(b.company?.name ?? '', 'zh') || a.name.localeCompare(b.name, 'zh'))
}

/** A plan as its reader may see it; 404 for a stranger's, as where there is none. */
export async function findPlan(platform: Platform, reader: Account, planId: string): Promise<FloorPlan> {
  const row = await plans(platform).where('p.id', '=', planId).executeTakeFirst()
  const own = row?.company_id === reader.companyId
  const seen = reader.kind === 'customer' ? own : (await placesSeenBy(platform, reader, { planId })).length > 0
  if (!row || !seen) throw noSuchPlan()
  return viewOf(platform, reader, row)
}

/** A plan with the machines on it that were chosen, and with those that stand on none. */
export async function showPlan(
  platform: Platform,
  reader: Account,
  sources: StateSources,
  { planId, ...choice }: { planId: string } & Omit<Parameters<typeof readFleet>[3], 'by' | 'limit' | 'cursor'>,
): Promise<ShownPlan> {
  const plan = await findPlan(platform, reader, planId)
  const places = await placesSeenBy(platform, reader, reader.companyId === null ? { planId } : { companyId: reader.companyId })
  const here = new Map(places.flatMap(place => (place.planId === planId ? [[place.deviceId, place]] : [])))
  const among = (ids: readonly string[], limit: number): Promise<FleetPage> =>
    readFleet(platform, reader, sources, { ...choice, by: 'state', limit }, ids)
  const { items, nextCursor, companies, ...facets } = await among([...here.keys()], here.size)
  const unplaced = reader.kind === 'customer' ? await unplacedOf(platform, reader, new Set(places.map(one => one.deviceId))) : []
  return {
    ...{ plan, ...facets },
    placed: items.map(machine => ({ ...machine, company: null, x: here.get(machine.id)!.x, y: here.get(machine.id)!.y })),
    unplaced: unplaced.length > 0 ? (await among(unplaced, mostUnplaced)).items : [],
  }
}

/** The drawing of a plan that was found. hash: of the one that is meant */
export async function findPicture({ database }: Platform, planId: string, hash: string | undefined): Promise<Buffer> {
  const row = await database
    .db<FloorPlanTables>()
    .selectFrom('floor_plan_picture')
    .select('webp')
    .where('plan_id', '=', planId)
    .$if(hash !== undefined, query => query.where('hash', '=', hash!))
    .executeTakeFirst()
  if (!row) throw noSuchPlan()
  return row.webp
}

async function unplacedOf(platform: Platform, reader: Account, placed: ReadonlySet<string>): Promise<string[]> {
  const all = await machinesToWatch(platform, reader, 'all')
  return all.map(({ id }) => id).filter(id => !placed.has(id))
}

const plans = ({ database }: Platform) =>
  database
    .db<FloorPlanTables>()
    .selectFrom('floor_plan as p')
    .leftJoin('floor_plan_picture as i', 'i.plan_id', 'p.id')
    .selectAll('p')
    .select(['i.hash', 'i.width as pictureWidth', 'i.height as pictureHeight'])

type PlanRow = Awaited<ReturnType<ReturnType<typeof plans>['executeTakeFirstOrThrow']>>

async function viewOf(platform: Platform, reader: Account, row: PlanRow): Promise<FloorPlan> {
  const { id, company_id, name, address, width, depth, revision } = await openFields(platform.vault, 'floor_plan', row, [
    'name',
    'address',
  ])
  const company = reader.kind === 'staff' ? (await companyNames(platform.database, [company_id])).get(company_id) : undefined
  return {
    ...{ id, name, address: address ?? '', width, depth, revision },
    company: company === undefined ? null : { id: company_id, name: company },
    picture: row.hash === null ? null : { hash: row.hash, width: row.pictureWidth!, height: row.pictureHeight! },
  }
}
