import { type Database, Failure } from '#platform/server'
import { modelOf } from './model-versions.ts'
import { makeCounterApart } from './read-model-apart.ts'
import type { ProductTables } from './tables.ts'

const making = new Map<string, Promise<Uint8Array>>()

/**
 * What counts the variants of a published model, for the engine's `readCounter`; nothing where they cannot be counted exactly within reason.
 * Made in a thread of its own when it is first asked for, and kept beside the version, which never changes.
 */
export async function variantCounter(database: Database, modelVersionId: string): Promise<Uint8Array> {
  const { counter } = await database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('counter')
    .where('id', '=', modelVersionId)
    .executeTakeFirstOrThrow()
  if (counter) return counter
  const made = making.get(modelVersionId) ?? make(database, modelVersionId).finally(() => making.delete(modelVersionId))
  making.set(modelVersionId, made)
  return made
}

async function make(database: Database, modelVersionId: string): Promise<Uint8Array> {
  const counter = await makeCounterApart(await modelOf(database, modelVersionId)).catch(error => {
    if (error instanceof Failure) return new Uint8Array() // too hard
    throw error
  })
  await database
    .db<ProductTables>()
    .updateTable('model_version')
    .set({ counter: Buffer.from(counter) })
    .where('id', '=', modelVersionId)
    .execute()
  return counter
}
