import { z } from 'zod'
import { visibleIntervals } from '#features/devices/server'
import { type Account, type JobHandler, notFound, type Platform } from '#platform/server'
import { fewestFailures, type Life, stepsFor, usualSettings } from '../core/index.ts'
import { assembleLife, type Doubts, type LifeSpan } from './assemble-lives.ts'
import { type ModelEnd, moveModel } from './move-model.ts'
import { refused } from './problems.ts'
import { getPart, livesOf, type Part } from './read-parts.ts'
import { runningModel } from './running-models.ts'
import type { PrognosisTables } from './tables.ts'
import { trainApart } from './train-apart.ts'

const order = z.object({
  modelId: z.uuid(),
  /** by machine: times that are shown to whoever began it, in ms */
  visible: z.record(z.string(), z.array(z.object({ from: z.number().nullable(), until: z.number().nullable() }))),
})

/** Has a model trained in the background, on what owners show the manufacturer now. */
export async function beginTraining(
  platform: Platform,
  actor: Account,
  part: Part,
  { settings, seed }: { settings: string[]; seed: number },
) {
  const { database } = platform
  const visible: z.input<typeof order>['visible'] = {}
  for (const { deviceId, from, until } of await visibleIntervals(platform, actor, 'all')) {
    visible[deviceId] ??= []
    visible[deviceId].push({ from: from?.getTime() ?? null, until: until?.getTime() ?? null })
  }
  return database.transaction(async () => {
    const { metrics, failures, models } = await getPart(database, part)
    if (failures < fewestFailures) throw refused('too-few-failures')
    const modelId = platform.newId()
    const { numInsertedOrUpdatedRows } = await database
      .db<PrognosisTables>()
      .insertInto('life_model')
      .values({
        ...{ id: modelId, type_id: part.typeId, component: part.component, number: (models[0]?.number ?? 0) + 1 },
        ...{ status: 'training', progress: 0, seed, reasons: [] },
        sensors: metrics.map(({ key }) => key).filter(key => !settings.includes(key)),
        settings: metrics.map(({ key }) => key).filter(key => settings.includes(key)),
        ...{ begun_by: actor.id, begun_at: platform.now() },
      })
      .onConflict(clash => clash.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) throw refused('model-training')
    await platform.jobs.enqueue('prognosis.train', { modelId, visible })
    await platform.audit.write({
      action: 'life-model.begun',
      target: { kind: 'life-model', id: modelId },
      facts: { component: part.component, failures, seed },
    })
    return getPart(database, part)
  })
}

/** Ends a training that goes on; one that is over already stays as it is. */
export async function cancelTraining(platform: Platform, modelId: string) {
  const model = await modelRow(platform, modelId)
  await moveModel(platform, modelId, { status: 'cancelled', reasons: [] })
  return getPart(platform.database, { typeId: model.type_id, component: model.component })
}

export const trainJob = ({ doubts }: { doubts: Doubts }): JobHandler => ({
  outside: true,
  retries: 1,
  async handle(data, { platform, lastTry }) {
    const { modelId, visible } = order.parse(data)
    try {
      const seen = (deviceId: string) =>
        (visible[deviceId] ?? []).map(({ from, until }) => ({
          from: from === null ? null : new Date(from),
          until: until === null ? null : new Date(until),
        }))
      await train(platform, modelId, seen, doubts)
    } catch (error) {
      if (lastTry) await moveModel(platform, modelId, { status: 'failed', reasons: ['broken'] })
      throw error
    }
  },
})

async function train(
  platform: Platform,
  modelId: string,
  visible: (deviceId: string) => LifeSpan['visible'],
  doubts: Doubts,
): Promise<void> {
  const row = await modelRow(platform, modelId)
  if (row.status !== 'training') return
  const part = { typeId: row.type_id, component: row.component }
  const running = await runningOf(platform, part)
  const spans = (await livesOf(platform.database, part)).map(
    (life): LifeSpan => ({
      ...{ id: life.id, deviceId: life.device_id, from: life.began_at, until: life.ended_at, ending: life.ending },
      visible: visible(life.device_id),
    }),
  )
  const lengths = spans.filter(({ ending }) => ending === 'failed').map(({ from, until }) => until.getTime() - from.getTime())
  // as long as a model runs, the next one has its steps, so that the two can be compared
  const { stepMs, horizon } = running ?? stepsFor(lengths)
  const lives: Life[] = []
  for (const span of spans) {
    const read = await assembleLife(platform, span, { sensors: row.sensors, settings: row.settings, stepMs }, doubts)
    if (read && read.known >= read.life.steps / 4) lives.push(read.life)
  }
  const failures = lives.filter(({ end }) => end === 'failed').length
  const used = spans.filter(({ id }) => lives.some(({ unit }) => unit === id))
  const provenance = {
    ...{ step_ms: stepMs, horizon, lives: lives.length, failures },
    data_from: used.length > 0 ? new Date(Math.min(...used.map(({ from }) => from.getTime()))) : null,
    data_until: used.length > 0 ? new Date(Math.max(...used.map(({ until }) => until.getTime()))) : null,
  }
  if (failures < fewestFailures)
    return moveModel(platform, modelId, { status: 'failed', reasons: ['too-few-readings'], ...provenance })
  const settings = {
    ...usualSettings,
    horizon,
    seed: row.seed,
    rowsOfLife: Math.max(20, Math.min(120, Math.floor(12_000 / lives.length))),
  }
  const comparable = running?.sameReading(row) ? { model: running.model, scores: running.scores } : null
  const trained = await untilCancelled(platform, modelId, (tell, signal) =>
    trainApart({ lives, settings, running: comparable }, tell, signal),
  )
  const end: ModelEnd =
    trained === null
      ? { status: 'failed', reasons: ['too-long'] }
      : {
          status: trained.refusals.length > 0 ? 'refused' : 'accepted',
          reasons: trained.refusals,
          judgement: JSON.stringify(trained.judgement),
          scores: JSON.stringify(trained.scores),
          model: JSON.stringify(trained.model),
        }
  await moveModel(platform, modelId, { ...end, ...provenance })
}

/** Does the work while its row says that it goes on; progress is written as it comes. */
async function untilCancelled<T>(
  { database, live }: Platform,
  modelId: string,
  work: (tell: (progress: number) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController()
  let progress = 0
  const look = async () => {
    const { numUpdatedRows } = await database
      .db<PrognosisTables>()
      .updateTable('life_model')
      .set({ progress })
      .where('id', '=', modelId)
      .where('status', '=', 'training')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) ending.abort()
    else await live.publish('life-models', modelId)
  }
  const timer = setInterval(() => void look().catch(() => {}), 2000) // the next look tries again
  try {
    return await work(done => {
      progress = done
    }, ending.signal)
  } finally {
    clearInterval(timer)
  }
}

async function runningOf({ database }: Platform, { typeId, component }: Part) {
  const modelId = await runningModel(database, typeId, component)
  if (!modelId) return null
  const row = await database
    .db<PrognosisTables>()
    .selectFrom('life_model')
    .selectAll()
    .where('id', '=', modelId)
    .executeTakeFirst()
  if (!row?.model) return null
  const reads = ({ sensors, settings }: { sensors: string[]; settings: string[] }) => JSON.stringify([sensors, settings])
  return {
    ...{ model: row.model, scores: row.scores ?? [], stepMs: Number(row.step_ms), horizon: row.horizon! },
    sameReading: (other: { sensors: string[]; settings: string[] }) => reads(other) === reads(row),
  }
}

export async function modelRow({ database }: Platform, modelId: string) {
  const row = await database
    .db<PrognosisTables>()
    .selectFrom('life_model')
    .select(['id', 'type_id', 'component', 'number', 'status', 'sensors', 'settings', 'seed'])
    .where('id', '=', modelId)
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '模型', en: 'model' })
  return row
}
