import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'kysely'
import { type Database, notFound, type ServerFeature } from '#platform/server'
import { findModelVersion } from './model-versions.ts'

/** compressed models by version; the least recently used leaves first */
const kept = new Map<string, Promise<Buffer>>()
const keepAtMost = 50

/** GET /models/{modelVersionId}.json: a model as it was published, for the engine. It never changes, so whoever got it keeps it. */
export const mountModels: ServerFeature['mount'] = (app, { database }) => {
  app.get('/models/:file{[0-9a-f-]{36}\\.json}', async context => {
    context.set('route', '/models/:file')
    const { modelVersionId } = await findModelVersion(database, context.req.param('file').slice(0, 36))
    const packed = await packedModel(database, modelVersionId)
    const takesGzip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
    const body = takesGzip ? packed : await promisify(gunzip)(packed)
    return context.body(body as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    })
  })
}

function packedModel(database: Database, modelVersionId: string): Promise<Buffer> {
  const packed = kept.get(modelVersionId) ?? pack(database, modelVersionId)
  kept.delete(modelVersionId)
  kept.set(modelVersionId, packed)
  packed.catch(() => kept.delete(modelVersionId)) // a database that was away must not be remembered
  const oldest = kept.keys().next().value
  if (kept.size > keepAtMost && oldest !== undefined) kept.delete(oldest)
  return packed
}

async function pack(database: Database, modelVersionId: string): Promise<Buffer> {
  // As text: megabytes need not be read as JSON only to be written again.
  const { rows } = await sql<{
    model: string
  }>`select model::text as model from model_version where id = ${modelVersionId}`.execute(database.db())
  if (!rows[0]) throw notFound({ 'zh-CN': '产品模型', en: 'product model' })
  return promisify<Buffer, Buffer>(gzip)(Buffer.from(rows[0].model))
}
