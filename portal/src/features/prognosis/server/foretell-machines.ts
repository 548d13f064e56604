import { sql } from 'kysely'
import { type ComponentInMachine, componentsInMachines } from '#features/devices/server'
import { Failure, type JobHandler, type Platform } from '#platform/server'
import { fewestFailures } from '../core/index.ts'
import { openForeteller } from './foretell-apart.ts'
import { byModel, byTrend, type Prognosis, type RunningModel, type Sources } from './foretell-component.ts'
import { endingsOf } from './read-parts.ts'
import { runningModels } from './running-models.ts'
import type { PrognosisTables } from './tables.ts'

/** machines of one job: a job has five minutes */
const together = 20
/** of each component so many are kept, as many as are shown */
export const keptPrognoses = 60

/**
 * Foretells the components of machines as they are now and keeps it. What fails at one component keeps none of the others from it; the first of such
 * errors is thrown at the end. It is reckoned in a thread of its own. since: components that were foretold from then on are left out
 */
export async function foretellMachines(
  platform: Platform,
  sources: Sources,
  { deviceIds, since }: { deviceIds: readonly string[]; since?: Date },
): Promise<void> {
  const { database, log } = platform
  const done = since ? await toldSince(platform, deviceIds, since) : new Set<string>()
  const models = await loadModels(platform)
  const endings = await endingsOf(database)
  const errors: unknown[] = []
  const foreteller = openForeteller()
  const telling = { ...sources, foreteller }
  try {
    for (const component of await componentsInMachines(database, deviceIds)) {
      if (done.has(nameOf(component.deviceId, component.key))) continue
      const mine = (one: { typeId: string; component: string }) =>
        one.typeId === component.typeId && one.component === component.key
      const model = models.find(mine)
      const missing = (endings.find(mine)?.failures ?? 0) < fewestFailures ? 'no-history' : 'no-model'
      try {
        const told = model
          ? await byModel(platform, component, model, telling)
          : await byTrend(platform, component, telling, missing)
        await keep(platform, component, told)
      } catch (error) {
        if (error instanceof Failure && error.status === 503) throw error // the warehouse is away, for all of them
        log.warn({ deviceId: component.deviceId, component: component.key, error }, 'a component could not be foretold')
        errors.push(error)
      }
    }
  } finally {
    await foreteller.close()
  }
  if (errors.length > 0) throw errors[0]
}

/** Each night: all machines are shared out among jobs, each of which goes on where it was broken off. */
export const foretellAllJob: JobHandler = {
  async handle(_, { platform: { database, jobs, now } }) {
    const machines = [...new Set((await componentsInMachines(database)).map(({ deviceId }) => deviceId))]
    const since = now().toISOString()
    for (let place = 0; place < machines.length; place += together)
      await jobs.enqueue('prognosis.foretell', { deviceIds: machines.slice(place, place + together), since })
  },
}

/** Some machines, of a night; or one, at which something was found. */
export const foretellJob = (sources: Sources): JobHandler => ({
  outside: true,
  async handle(data, { platform }) {
    const { deviceId, deviceIds, since } = (data ?? {}) as { deviceId?: string; deviceIds?: string[]; since?: string }
    await foretellMachines(platform, sources, {
      deviceIds: deviceIds ?? (deviceId === undefined ? [] : [deviceId]),
      ...(since === undefined ? {} : { since: new Date(since) }),
    })
  },
})

const nameOf = (deviceId: string, component: string) => `${deviceId} ${component}`

async function toldSince({ database }: Platform, deviceIds: readonly string[], since: Date): Promise<Set<string>> {
  if (deviceIds.length === 0) return new Set()
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('component_prognosis')
    .select(['device_id', 'component'])
    .where('device_id', 'in', deviceIds)
    .where('made_at', '>=', since)
    .execute()
  return new Set(rows.map(({ device_id, component }) => nameOf(device_id, component)))
}

async function loadModels({ database }: Platform): Promise<(RunningModel & { typeId: string; component: string })[]> {
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
  const db = database.db<PrognosisTables>()
  await db
    .insertInto('component_prognosis')
    .values({
      ...{ id: newId(), device_id: deviceId, component: key, at: told.asOf, made_at: now() },
      ...{ kind: told.kind, model_id: told.modelId },
      ...{
        lower_hours: remaining?.lower ?? null,
        median_hours: remaining?.median ?? null,
        upper_hours: remaining?.upper ?? null,
      },
      ...{ beyond: remaining?.beyond ?? false, reason: told.reason },
    })
    .execute()
  await sql`
    delete from component_prognosis where device_id = ${deviceId}::uuid and component = ${key} and id <= (
      select id from component_prognosis where device_id = ${deviceId}::uuid and component = ${key}
      order by id desc offset ${keptPrognoses} limit 1)`.execute(db)
}
