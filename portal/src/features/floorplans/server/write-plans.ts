import { createHash } from 'node:crypto'
import type { IncomingFile } from '#platform/core'
import { type Account, changedMeanwhile, type Platform, receivePictureInWidths, sealFields } from '#platform/server'
import { type FloorPlanFields, fewestMetres, mostMetres } from '../core/index.ts'
import { noSuchPlan, tooManyPlans } from './problems.ts'
import type { FloorPlanTables } from './tables.ts'

const mostPlans = 50
/** px: of a drawing as it is kept */
const pictureWidth = 2400

/** Begins a plan of the actor's company: a grid. Answers its id. */
export async function addPlan(platform: Platform, actor: Account, fields: FloorPlanFields): Promise<string> {
  const companyId = companyOf(actor)
  const id = platform.newId()
  const sealed = await sealedColumns(platform, fields)
  await platform.database.transaction(async () => {
    const db = platform.database.db<FloorPlanTables>()
    const { count } = await db
      .selectFrom('floor_plan')
      .select(eb => eb.cast<number>(eb.fn.countAll(), 'integer').as('count'))
      .where('company_id', '=', companyId)
      .executeTakeFirstOrThrow()
    if (count >= mostPlans) throw tooManyPlans(mostPlans)
    const { width, depth } = fields
    const row = { id, company_id: companyId, ...sealed, width, depth, revision: 1, created_at: platform.now() }
    await db.insertInto('floor_plan').values(row).execute()
    await platform.audit.write({
      ...{ action: 'floor-plan.added', target: { kind: 'floor-plan', id } },
      after: { width, depth },
    })
  })
  return id
}

interface Change {
  planId: string
  /** the revision that was seen */
  revision: string
  fields: FloorPlanFields
}

/** Where there is a drawing, its shape decides the depth. */
export async function changePlan(platform: Platform, actor: Account, { planId, revision, fields }: Change): Promise<void> {
  const sealed = await sealedColumns(platform, fields)
  await platform.database.transaction(async () => {
    const before = await lockPlan(platform, actor, planId)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const db = platform.database.db<FloorPlanTables>()
    const picture = await db
      .selectFrom('floor_plan_picture')
      .select(['width', 'height'])
      .where('plan_id', '=', planId)
      .executeTakeFirst()
    const depth = picture ? depthOf(fields.width, picture) : fields.depth
    await touch(platform, before, { ...sealed, width: fields.width, depth })
  })
}

/** Lays a drawing under a plan, in place of the one there is. Throws file-refused. */
export async function putPicture(platform: Platform, actor: Account, planId: string, incoming: IncomingFile): Promise<void> {
  const { width, height, sizes } = await receivePictureInWidths(platform, incoming, [pictureWidth])
  const { webp } = sizes.at(-1)!
  const hash = createHash('sha256').update(webp).digest('hex').slice(0, 32)
  await platform.database.transaction(async () => {
    const before = await lockPlan(platform, actor, planId)
    await platform.database
      .db<FloorPlanTables>()
      .insertInto('floor_plan_picture')
      .values({ plan_id: planId, hash, width, height, webp })
      .onConflict(conflict => conflict.column('plan_id').doUpdateSet({ hash, width, height, webp }))
      .execute()
    await touch(platform, before, { depth: depthOf(before.width, { width, height }) }, { picture: hash })
  })
}

/** Nothing there is as good as taken away. */
export async function takePictureAway(platform: Platform, actor: Account, planId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await lockPlan(platform, actor, planId)
    await platform.database.db<FloorPlanTables>().deleteFrom('floor_plan_picture').where('plan_id', '=', planId).execute()
    await touch(platform, before, {}, { picture: null })
  })
}

export async function removePlan(platform: Platform, actor: Account, planId: string): Promise<void> {
  await platform.database.transaction(async () => {
    await lockPlan(platform, actor, planId)
    await platform.database.db<FloorPlanTables>().deleteFrom('floor_plan').where('id', '=', planId).execute()
    await platform.audit.write({ action: 'floor-plan.removed', target: { kind: 'floor-plan', id: planId } })
  })
}

/** A plan of the actor's company, his until the ambient transaction ends; 404 otherwise. */
export async function lockPlan({ database }: Platform, actor: Account, planId: string) {
  const row = await database
    .db<FloorPlanTables>()
    .selectFrom('floor_plan')
    .select(['id', 'company_id', 'width', 'depth', 'revision'])
    .where('id', '=', planId)
    .where('company_id', '=', companyOf(actor))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchPlan()
  return row
}

type Locked = Awaited<ReturnType<typeof lockPlan>>

/** more: what changed beside the row, for the log */
async function touch(
  platform: Platform,
  before: Locked,
  change: Partial<Pick<FloorPlanTables['floor_plan'], 'name' | 'address' | 'width' | 'depth'>>,
  more: Record<string, string | null> = {},
): Promise<void> {
  await platform.database
    .db<FloorPlanTables>()
    .updateTable('floor_plan')
    .set({ ...change, revision: before.revision + 1 })
    .where('id', '=', before.id)
    .execute()
  const { width = before.width, depth = before.depth } = change
  await platform.audit.write({
    ...{ action: 'floor-plan.changed', target: { kind: 'floor-plan', id: before.id } },
    ...{ before: { width: before.width, depth: before.depth }, after: { width, depth, ...more } },
  })
}

const sealedColumns = ({ vault }: Platform, { name, address }: FloorPlanFields) =>
  sealFields(vault, 'floor_plan', { name, address: address === '' ? null : address })

const depthOf = (metres: number, { width, height }: { width: number; height: number }): number =>
  Math.min(mostMetres, Math.max(fewestMetres, Math.round((metres * height) / width)))

/** Whoever is of no company has no plans. */
export function companyOf({ companyId }: Account): string {
  if (companyId === null) throw noSuchPlan()
  return companyId
}
