import { machinesToWatch, noSuchDevice } from '#features/devices/server'
import { type Account, changedMeanwhile, type Platform } from '#platform/server'
import { mostPlaces, type Place } from '../core/index.ts'
import { placesSeenBy } from './places.ts'
import { planFull } from './problems.ts'
import type { FloorPlanTables } from './tables.ts'
import { companyOf, lockPlan } from './write-plans.ts'

interface OnPlan {
  planId: string
  deviceId: string
  /** the revision of the plan that was seen */
  revision: string
}

/** Says where a machine stands that the actor's company may watch now; 404 for any other. Answers the plan's new revision. */
export async function placeMachine(platform: Platform, actor: Account, { place, ...at }: OnPlan & { place: Place }) {
  return changePlaces(platform, actor, at, async () => {
    const { planId, deviceId } = at
    if ((await machinesToWatch(platform, actor, deviceId)).length === 0) throw noSuchDevice()
    const others = (await placesSeenBy(platform, actor, { planId })).filter(one => one.deviceId !== deviceId)
    if (others.length >= mostPlaces) throw planFull(mostPlaces)
    const db = platform.database.db<FloorPlanTables>()
    const companyId = companyOf(actor)
    const values = { plan_id: planId, ...place, placed_at: platform.now() }
    await db
      .updateTable('floor_plan')
      .set(eb => ({ revision: eb('revision', '+', 1) }))
      .where('id', 'in', query =>
        query
          .selectFrom('floor_plan_place')
          .select('plan_id')
          .where('company_id', '=', companyId)
          .where('device_id', '=', deviceId)
          .where('plan_id', '<>', planId),
      )
      .execute()
    await db
      .insertInto('floor_plan_place')
      .values({ company_id: companyId, device_id: deviceId, ...values })
      .onConflict(conflict => conflict.columns(['company_id', 'device_id']).doUpdateSet(values))
      .execute()
  })
}

/** One that does not stand there is as good as taken off. Answers the plan's new revision. */
export const takeMachineOff = (platform: Platform, actor: Account, at: OnPlan) =>
  changePlaces(platform, actor, at, async () => {
    await platform.database
      .db<FloorPlanTables>()
      .deleteFrom('floor_plan_place')
      .where('plan_id', '=', at.planId)
      .where('device_id', '=', at.deviceId)
      .execute()
  })

async function changePlaces(
  platform: Platform,
  actor: Account,
  { planId, revision: seen }: OnPlan,
  change: () => Promise<void>,
): Promise<{ value: { revision: number }; etag: string }> {
  return platform.database.transaction(async () => {
    const before = await lockPlan(platform, actor, planId)
    if (String(before.revision) !== seen) throw changedMeanwhile()
    await change()
    const revision = before.revision + 1
    const db = platform.database.db<FloorPlanTables>()
    await db.updateTable('floor_plan').set({ revision }).where('id', '=', planId).execute()
    return { value: { revision }, etag: String(revision) }
  })
}
