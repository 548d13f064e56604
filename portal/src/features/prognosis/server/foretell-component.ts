import type { ComponentInMachine } from '#features/devices/server'
import type { Platform } from '#platform/server'
import type { LifeModel, Remaining, Silence } from '../core/index.ts'
import { assembleLife, type Doubts } from './assemble-lives.ts'
import type { Foreteller } from './foretell-apart.ts'
import type { PrognosisTables } from './tables.ts'

/**
 * Course of the health of a machine (component null) or a component from a moment on: 100 is as new, oldest first; it stays as it was last up to
 * `until`. null: not known, or not yet known anew
 */
export type HealthCourse = (
  platform: Platform,
  deviceId: string,
  component: string | null,
  from: Date,
) => Promise<{ points: { at: Date; index: number }[]; until: Date } | null>

/** What prognosis needs of others. */
export interface Sources {
  healthCourse: HealthCourse
  doubts: Doubts
  /** of the health index: below it a component has failed */
  healthLimit: number
}

/** Where it is reckoned. */
interface Telling {
  foreteller: Foreteller
}

export interface Prognosis {
  kind: 'model' | 'trend'
  modelId: string | null
  asOf: Date
  remaining: Remaining | null
  reason: Silence | null
}

/** A model that runs. */
export interface RunningModel {
  id: string
  stepMs: number
  sensors: string[]
  settings: string[]
  model: LifeModel
}

const [hour, day] = [3_600_000, 86_400_000]
/** how far back a trend is looked for */
const trendDays = 120

export async function byModel(
  platform: Platform,
  component: ComponentInMachine,
  { id, model, ...reading }: RunningModel,
  { doubts, foreteller }: Sources & Telling,
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
  const told = await foreteller.byModel({ model, life: read.life, step: Math.min(step, read.life.steps - 1) })
  const hours = (steps: number) => (steps * reading.stepMs) / hour
  return {
    ...{ kind: 'model', modelId: id, asOf, reason: null },
    remaining: { lower: hours(told.lower), median: hours(told.median), upper: hours(told.upper), beyond: told.beyond },
  }
}

/**
 * By the course of the component that is in the machine now, not of the one before. Where no trend is seen, what would help more than one is said:
 * failures, or a model.
 */
export async function byTrend(
  platform: Platform,
  component: ComponentInMachine,
  { healthCourse, healthLimit, foreteller }: Sources & Telling,
  missing: Silence,
): Promise<Prognosis> {
  const now = platform.now().getTime()
  const began = (await beganAt(platform, component))?.getTime() ?? 0
  const from = new Date(Math.max(now - trendDays * day, began))
  const course = await healthCourse(platform, component.deviceId, component.key, from)
  const asOf = new Date(Math.min(now, course?.until.getTime() ?? now))
  const told = (remaining: Remaining | null, reason: Silence | null): Prognosis => ({
    ...{ kind: 'trend', modelId: null, asOf, remaining, reason },
  })
  const changes = (course?.points ?? []).map(({ at, index }) => ({ at: at.getTime(), index }))
  const forecast = await foreteller.byTrend({ changes, until: asOf.getTime(), limit: healthLimit })
  if (forecast.kind === 'reached') return told({ lower: 0, median: 0, upper: 0, beyond: false }, null)
  if (forecast.kind === 'none') return told(null, forecast.reason === 'too-little' ? missing : forecast.reason)
  const { lower, median, upper } = forecast
  return told({ lower, median, upper: upper ?? 10 * trendDays * 24, beyond: upper === null }, null)
}

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
