import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Model } from '@fettle/engine'
import { sql } from 'kysely'
import { type Database, notFound, type ServerFeature } from '#platform/server'
import { priceVisibleTo, unpriced, withoutPrices } from '../core/index.ts'
import { findModelVersion } from './model-versions.ts'
import { readerOf } from './price-visibility.ts'
import { variantCounter } from './variant-counter.ts'

/** compressed models by file name; the least recently used leaves first */
const kept = new Map<string, Promise<Buffer>>()
const keepAtMost = 50

const forever = 'public, max-age=31536000, immutable'
/** Prices may be hidden one day: what is kept of them between here and a browser is asked for again by then. */
const withPrices = 'public, max-age=3600'
/** Of somebody who may see what others may not. */
const ownAlone = 'private, no-store'

/**
 * GET /models/{modelVersionId}.json and /models/{modelVersionId}.unpriced.json: a model as it was published, for the engine. It never
 * changes, so whoever got it keeps it. Who may not see prices is given the second by either address.
 */
export const mountModels: ServerFeature['mount'] = (app, { database }) => {
  app.get('/models/:file{[0-9a-f-]{36}(?:\\.unpriced)?\\.json}', async context => {
    context.set('route', '/models/:file')
    const file = context.req.param('file')
    const { modelVersionId, priceVisibility } = await findModelVersion(database, file.slice(0, 36))
    const wished = !file.includes(unpriced)
    const priced = wished && priceVisibleTo(readerOf(await context.get('account')()), priceVisibility)
    const packed = await packedModel(database, modelVersionId, priced)
    const takesGzip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
    const body = takesGzip ? packed : await promisify(gunzip)(packed)
    return context.body(body as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': !wished ? forever : priceVisibility === 'public' ? withPrices : ownAlone,
      vary: 'accept-encoding',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    })
  })
}

/** GET /models/{modelVersionId}.counter: what counts its variants, for the engine; no bytes where they cannot be counted exactly. */
export const mountCounters: ServerFeature['mount'] = (app, { database }) => {
  app.get('/models/:file{[0-9a-f-]{36}\\.counter}', async context => {
    context.set('route', '/models/:counter')
    const { modelVersionId } = await findModelVersion(database, context.req.param('file').slice(0, 36))
    const counter = await variantCounter(database, modelVersionId)
    return context.body(counter as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'application/octet-stream',
      'cache-control': forever,
    })
  })
}

function packedModel(database: Database, modelVersionId: string, priced: boolean): Promise<Buffer> {
  const key = `${modelVersionId}${priced ? '' : unpriced}`
  const packed = kept.get(key) ?? pack(database, modelVersionId, priced)
  kept.delete(key)
  kept.set(key, packed)
  packed.catch(() => kept.delete(key)) // a database that was away must not be remembered
  const oldest = kept.keys().next().value
  if (kept.size > keepAtMost && oldest !== undefined) kept.delete(oldest)
  return packed
}

async function pack(database: Database, modelVersionId: string, priced: boolean): Promise<Buffer> {
  // As text: megabytes need not be read as JSON only to be written again.
  const { rows } = await sql<{
    model: string
  }>`select model::text as model from model_version where id = ${modelVersionId}`.execute(database.db())
  if (!rows[0]) throw notFound({ 'zh-CN': '产品模型', en: 'product model' })
  const text = priced ? rows[0].model : JSON.stringify(withoutPrices(JSON.parse(rows[0].model) as Model))
  return promisify<Buffer, Buffer>(gzip)(Buffer.from(text))
}
