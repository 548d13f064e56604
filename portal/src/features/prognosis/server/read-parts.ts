import { sql } from 'kysely'
import { personNames } from '#features/accounts/server'
import { devicesById, partsOfTypes } from '#features/devices/server'
import { type Database, notFound } from '#platform/server'
import { type ComponentLife, fewestFailures, type LifeModelView, type PartDetail, type PartSummary } from '../core/index.ts'
import { runningModel, runningModels } from './running-models.ts'
import type { LifeRow, PrognosisTables } from './tables.ts'

export interface Part {
  typeId: string
  component: string
}

const noSuchPart = () => notFound({ 'zh-CN': '部件', en: 'component' })
const hour = 3_600_000

/** Every component of every type, with what is known of how it ends. */
export async function listParts(database: Database): Promise<PartSummary[]> {
  const [types, running, endings, last] = await Promise.all([
    partsOfTypes(database),
    runningModels(database),
    endingsOf(database),
    lastModels(database),
  ])
  return types.flatMap(({ typeId, name, components }) =>
    components.map(component => {
      const mine = (row: { typeId: string; component: string }) => row.typeId === typeId && row.component === component.key
      const modelId = running.find(mine)?.modelId
      const ends = endings.find(mine)
      return {
        ...{ typeId, component, type: name, needed: fewestFailures },
        ...{ failures: ends?.failures ?? 0, censored: ends?.censored ?? 0 },
        running: modelId ? (last.find(({ id }) => id === modelId)?.number ?? null) : null,
        last: last.findLast(mine)?.status ?? null,
      }
    }),
  )
}

/** One component with its history and models. 404 where the type has none of that name. */
export async function getPart(database: Database, { typeId, component }: Part): Promise<PartDetail> {
  const [type] = await partsOfTypes(database, typeId)
  const summary = (await listParts(database)).find(one => one.typeId === typeId && one.component.key === component)
  if (!type || !summary) throw noSuchPart()
  const [lives, models, activations] = await Promise.all([
    livesOf(database, { typeId, component }),
    modelsOf(database, { typeId, component }),
    activationsOf(database, { typeId, component }),
  ])
  return { ...summary, metrics: type.metrics, lives: await shown(database, lives), models, activations }
}

/** Lives of a component that ended, of machines of the type, newest first. */
export const livesOf = ({ db }: Database, { typeId, component }: Part): Promise<LifeRow[]> =>
  db<PrognosisTables>()
    .selectFrom('component_life')
    .selectAll()
    .where('component', '=', component)
    .where(sql<boolean>`device_id in (select id from device where type_id = ${typeId}::uuid)`)
    .orderBy('ended_at', 'desc')
    .execute()

async function shown(database: Database, lives: readonly LifeRow[]): Promise<ComponentLife[]> {
  const machines = new Map(
    (
      await devicesById(
        database,
        lives.map(({ device_id }) => device_id),
      )
    ).map(({ id, model, serial }) => [id, `${model} ${serial}`]),
  )
  return lives.map(row => ({
    ...{
      id: row.id,
      deviceId: row.device_id,
      machine: machines.get(row.device_id) ?? '',
      ending: row.ending,
      source: row.origin ?? row.source,
    },
    ...{ beganAt: row.began_at.toISOString(), endedAt: row.ended_at.toISOString() },
  }))
}

/** Failures and lives that ended before one, by type and component. */
export async function endingsOf({ db }: Database) {
  const { rows } = await sql<{ typeId: string; component: string; failures: number; censored: number }>`
    select d.type_id as "typeId", l.component, count(*) filter (where l.ending = 'failed')::int as failures,
      count(*) filter (where l.ending = 'censored')::int as censored
    from component_life l join device d on d.id = l.device_id where d.type_id is not null group by 1, 2`.execute(
    db<PrognosisTables>(),
  )
  return rows
}

const lastModels = ({ db }: Database) =>
  db<PrognosisTables>()
    .selectFrom('life_model')
    .select(['id', 'type_id as typeId', 'component', 'number', 'status'])
    .orderBy('number')
    .execute()

async function modelsOf(database: Database, { typeId, component }: Part): Promise<LifeModelView[]> {
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('life_model')
    .select(['id', 'number', 'status', 'progress', 'sensors', 'settings', 'seed', 'step_ms', 'horizon', 'lives', 'failures'])
    .select(['data_from', 'data_until', 'judgement', 'reasons', 'begun_by', 'begun_at'])
    .where('type_id', '=', typeId)
    .where('component', '=', component)
    .orderBy('number', 'desc')
    .limit(50)
    .execute()
  const running = await runningModel(database, typeId, component)
  const names = await personNames(
    database,
    rows.flatMap(({ begun_by }) => begun_by ?? []),
  )
  return rows.map(row => {
    const step = row.step_ms === null ? null : Number(row.step_ms) / hour
    const inHours = (steps: number) => steps * (step ?? 1)
    const judged = row.judgement
    return {
      ...{ id: row.id, number: row.number, status: row.status, progress: row.progress, seed: row.seed },
      ...{ sensors: row.sensors, settings: row.settings, lives: row.lives, failures: row.failures, stepHours: step },
      horizonHours: row.horizon === null ? null : inHours(row.horizon),
      dataFrom: row.data_from?.toISOString() ?? null,
      dataUntil: row.data_until?.toISOString() ?? null,
      judgement: judged && {
        ...judged,
        ...{ error: inHours(judged.error), naiveError: inHours(judged.naiveError) },
        runningError: judged.runningError === null ? null : inHours(judged.runningError),
        ...{ width: inHours(judged.width), plainWidth: inHours(judged.plainWidth) },
      },
      reasons: row.reasons as LifeModelView['reasons'],
      begunBy: row.begun_by === null ? null : (names.get(row.begun_by) ?? null),
      begunAt: row.begun_at.toISOString(),
      running: row.id === running,
    }
  })
}

async function activationsOf(database: Database, { typeId, component }: Part): Promise<PartDetail['activations']> {
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('life_model_activation as a')
    .leftJoin('life_model as m', 'm.id', 'a.model_id')
    .select(['m.number', 'a.how', 'a.by_id', 'a.at'])
    .where('a.type_id', '=', typeId)
    .where('a.component', '=', component)
    .orderBy('a.id', 'desc')
    .limit(50)
    .execute()
  const names = await personNames(
    database,
    rows.flatMap(({ by_id }) => by_id ?? []),
  )
  return rows.map(({ number, how, by_id, at }) => ({
    ...{ model: number, how, at: at.toISOString() },
    by: by_id === null ? null : (names.get(by_id) ?? null),
  }))
}
