import { sql } from 'kysely'
import type { Database } from '#platform/server'
import { closestPattern } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** Gives machines without a type the one that names their nameplate most closely. Needs the ambient transaction. */
export async function assignTypes({ db }: Database): Promise<void> {
  const patterns = await readPatterns(db)
  const models = await db<DeviceTables>()
    .selectFrom('device')
    .select('model_key')
    .distinct()
    .where('type_id', 'is', null)
    .execute()
  const found = models.flatMap(({ model_key }) => {
    const typeId = closestPattern(model_key, patterns)?.typeId
    return typeId ? [{ model_key, typeId }] : []
  })
  if (found.length === 0) return
  await sql`
    update device d set type_id = f.type_id, revision = d.revision + 1
    from unnest(${found.map(one => one.model_key)}::text[], ${found.map(one => one.typeId)}::uuid[]) as f (model_key, type_id)
    where d.type_id is null and d.model_key = f.model_key`.execute(db())
}

/** By the model on a nameplate (as `plainKey` writes it): the type it belongs to; null where none names it. */
export async function typeOfModels({ db }: Database): Promise<(modelKey: string) => string | null> {
  const patterns = await readPatterns(db)
  return modelKey => closestPattern(modelKey, patterns)?.typeId ?? null
}

const readPatterns = (db: Database['db']) =>
  db<DeviceTables>().selectFrom('device_type_model').select(['pattern_key as patternKey', 'type_id as typeId']).execute()
