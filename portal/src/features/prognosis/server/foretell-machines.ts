import { type ComponentInMachine, componentsInMachines } from '#features/devices/server'
import type { JobHandler, Platform } from '#platform/server'
import { fewestFailures, forecastTrend, foretell, type LifeModel, type Remaining, type Silence } from '../core/index.ts'
import { assembleLife, type Doubts } from './assemble-lives.ts'
import { endingsOf } from './read-parts.ts'
import { runningModels } from './running-models.ts'
import type { PrognosisTables } from './tables.ts'

/** Course of the health of a machine (component null) or a component: 100 is as new, oldest first. */
export type HealthHistory = (
  platform: Platform,
  deviceId: string,
  component: string | null,
  span: { from: Date; until: Date },
) => Promise<{ at: Date; index: number }[]>

/** What prognosis needs of others. */
export interface Sources {
  healthHistory: HealthHistory
  doubts: Doubts
  /** of the health index: below it a component has failed */
  healthLimit: number
}

interface Prognosis {
  kind: 'model' | 'trend'
  modelId: string | null
  asOf: Date
  remaining: Remaining | null
  reason: Silence | null
}

interface Model {
  id: string
  stepMs: number
  sensors: string[]
  settings: string[]
  model: LifeModel
}

const [hour, day] = [3_600_000, 86_400_000]
/** how far back a trend is looked for */
const trendDays = 120

/** Foretells the components of machines as they are now and keeps it. deviceIds absent: of all machines */
export async function foretellMachines(platform: Platform, sources: Sources, deviceIds?: readonly string[]): Promise<void> {
  const { database } = platform
  const components = await componentsInMachines(database, deviceIds)
  const models = await loadModels(platform)
  const endings = await endingsOf(database)
  for (const component of components) {
    const mine = (one: { typeId: string; component: string }) =>
      one.typeId === component.typeId && one.component === component.key
    const model = models.find(mine)
    const known = endings.find(mine)?.failures ?? 0
    const told = model
      ? await byModel(platform, component, model, sources)
      : await byTrend(platform, component, sources, known < fewestFailures ? 'no-history' : 'no-model')
    await keep(platform, component, told)
  }
}

/** Each night, all machines; or one at which something was found. data: { deviceId } or nothing */
export const foretellJob = (sources: Sources): JobHandler => ({
  outside: true,
  handle(data, { platform }) {
    const { deviceId } = (data ?? {}) as { deviceId?: string }
    return foretellMachines(platform, sources, deviceId === undefined ? undefined : [deviceId])
  },
})

async function byModel(
  platform: Platform,
  component: ComponentInMachine,
  { id, model, ...reading }: Model,
  { doubts }: Sources,
): Promise<Prognosis> {
  const now = platform.now()
  const silent = (reason: Silence): Prognosis => ({ kind: 'model', modelId: id, asOf: now, remaining: null, reason })
  const from = await beganAt(platform, component)
  if (!from || from >= now) return silent('age-unknown')
  const span = {
    ...{ id: component.deviceId, deviceId: component.deviceId, from, until: now },
    ...{ ending: 'censored' as const, visible: [{ from: null, until: null }] },
  }
  const read = await assembleLife(platform, span, reading, doubts)
  if (!read) return silent('no-readings')
  const asOf = new Date(Math.min(now.getTime(), read.lastAt))
  const step = Math.ceil(asOf.getTime() / reading.stepMs) - Math.floor(from.getTime() / reading.stepMs) - 1
  const [told] = foretell(model, read.life, [Math.min(step, read.life.steps - 1)])
  const hours = (steps: number) => (steps * reading.stepMs) / hour
  return {
    ...{ kind: 'model', modelId: id, asOf, reason: null },
    remaining: { lower: hours(told!.lower), median: hours(told!.median), upper: hours(told!.upper), beyond: told!.beyond },
  }
}

/** Where no trend is seen, what would help more than one is said: failures, or a model. */
async function byTrend(
  platform: Platform,
  { deviceId, key }: ComponentInMachine,
  { healthHistory, healthLimit }: Sources,
  missing: Silence,
): Promise<Prognosis> {
  const until = platform.now()
  const points = await healthHistory(platform, deviceId, key, { from: new Date(until.getTime() - trendDays * day), until })
  const asOf = points.at(-1)?.at ?? until
  const forecast = forecastTrend(byDay(points), { value: healthLimit, side: 'falling' })
  const told = (remaining: Remaining | null, reason: Silence | null): Prognosis => ({
    ...{ kind: 'trend', modelId: null, asOf, remaining, reason },
  })
  if (forecast.kind === 'reached') return told({ lower: 0, median: 0, upper: 0, beyond: false }, null)
  if (forecast.kind === 'none') return told(null, forecast.reason === 'too-little' ? missing : forecast.reason)
  const { lower, median, upper } = forecast
  return told({ lower, median, upper: upper ?? 10 * trendDays * 24, beyond: upper === null }, null)
}

/** One point a day, the mean of that day: evenly spaced, as trends want them. */
const byDay = (points: readonly { at: Date; index: number }[]) =>
  [...Map.groupBy(points, ({ at }) => Math.floor(at.getTime() / day))].map(([number, own]) => ({
    at: number * 24,
    value: own.reduce((sum, { index }) => sum + index, 0) / own.length,
  }))

/** When the component came into the machine: after the last one failed, or by the register. */
async function beganAt({ database }: Platform, { deviceId, key, since }: ComponentInMachine): Promise<Date | null> {
  const last = await database
    .db<PrognosisTables>()
    .selectFrom('component_life')
    .select(eb => eb.fn.max('ended_at').as('at'))
    .where('device_id', '=', deviceId)
    .where('component', '=', key)
    .where('origin', 'is distinct from', 'alarm') // it failed, and is in the machine until it is replaced
    .executeTakeFirst()
  const known = [last?.at ?? null, since === null ? null : new Date(`${since}T00:00Z`)].filter(at => at !== null)
  return known.length > 0 ? new Date(Math.max(...known.map(at => at.getTime()))) : null
}

async function loadModels({ database }: Platform): Promise<(Model & { typeId: string; component: string })[]> {
  const running = await runningModels(database)
  if (running.length === 0) return []
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('life_model')
    .select(['id', 'type_id', 'component', 'step_ms', 'sensors', 'settings', 'model'])
    .where(
      'id',
      'in',
      running.map(({ modelId }) => modelId),
    )
    .execute()
  return rows.map(row => ({
    ...{ id: row.id, typeId: row.type_id, component: row.component, sensors: row.sensors, settings: row.settings },
    ...{ stepMs: Number(row.step_ms), model: row.model! },
  }))
}

async function keep({ database, newId, now }: Platform, { deviceId, key }: ComponentInMachine, told: Prognosis): Promise<void> {
  const { remaining } = told
  await database
    .db<PrognosisTables>()
    .insertInto('component_prognosis')
    .values({
      ...{
        id: newId(),
        device_id: deviceId,
        component: key,
        at: told.asOf,
        made_at: now(),
        kind: told.kind,
        model_id: told.modelId,
      },
      ...{
        lower_hours: remaining?.lower ?? null,
        median_hours: remaining?.median ?? null,
        upper_hours: remaining?.upper ?? null,
      },
      ...{ beyond: remaining?.beyond ?? false, reason: told.reason },
    })
    .execute()
}
