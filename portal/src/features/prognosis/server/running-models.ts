import { sql } from 'kysely'
import type { Database } from '#platform/server'
import type { PrognosisTables } from './tables.ts'

/** Which model runs for which component: the last word on it. */
export interface Running {
  typeId: string
  component: string
  modelId: string
}

/** What runs now, everywhere or for one type. */
export async function runningModels({ db }: Database, typeId?: string): Promise<Running[]> {
  const { rows } = await sql<{ type_id: string; component: string; model_id: string | null }>`
    select distinct on (type_id, component) type_id, component, model_id from life_model_activation
    where ${typeId ?? null}::uuid is null or type_id = ${typeId ?? null}::uuid
    order by type_id, component, id desc`.execute(db<PrognosisTables>())
  return rows.flatMap(row => (row.model_id ? [{ typeId: row.type_id, component: row.component, modelId: row.model_id }] : []))
}

export const runningModel = async (database: Database, typeId: string, component: string): Promise<string | null> =>
  (await runningModels(database, typeId)).find(one => one.component === component)?.modelId ?? null
