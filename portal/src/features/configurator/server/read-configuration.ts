import { personNames } from '#features/accounts/server'
import { type PriceReader, pricesToldTo } from '#features/products/core'
import { loadModel, productName, readerOf, visibilityOfProduct } from '#features/products/server'
import { type Account, type Database, decodeCursor, encodeCursor, notFound } from '#platform/server'
import { type Sheet, sheetOf } from '../core/index.ts'
import type { ConfiguratorReads, ConfiguratorTables } from './tables.ts'

/** The sheet of a saved configuration by the token of its link, as its reader may see it; 404 for any other token. */
export async function readConfiguration(database: Database, token: string, reader: PriceReader): Promise<Sheet> {
  const row = await database
    .db<ConfiguratorTables>()
    .selectFrom('configuration')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst()
  if (!row) throw unknownConfiguration()
  const { rulebook, productSlug, modelVersionId, version, withdrawn, currentVersionId, priceVisibility } = await loadModel(
    database,
    row.model_version_id,
  )
  const saved = {
    token: row.token,
    productSlug,
    modelVersionId,
    modelVersion: version,
    withdrawn,
    currentVersionId,
    createdAt: row.created_at,
    decisions: row.decisions,
    selection: row.selection,
  }
  return sheetOf(rulebook, saved, pricesToldTo(reader, priceVisibility))
}

/** Ids of a saved configuration by the token of its link; 404 for any other token. */
export async function findConfiguration(
  database: Database,
  token: string,
): Promise<{ configurationId: string; productId: string }> {
  const row = await database
    .db<ConfiguratorTables>()
    .selectFrom('configuration')
    .select(['id', 'product_id'])
    .where('token', '=', token)
    .executeTakeFirst()
  if (!row) throw unknownConfiguration()
  return { configurationId: row.id, productId: row.product_id }
}

export const unknownConfiguration = () => notFound({ 'zh-CN': '配置', en: 'configuration' })

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** What was saved in the account's company, by himself and by colleagues, newest first: people of a firm work on one machine together. */
export async function listMyConfigurations(database: Database, account: Account, { cursor, limit }: ListQuery) {
  const before = cursor ? decodeCursor<{ id: string }>(cursor, { id: 'uuid' }) : null
  let query = database
    .db<ConfiguratorReads>()
    .selectFrom('configuration as c')
    .innerJoin('product as p', 'p.id', 'c.product_id')
    .select(['c.id', 'c.token', 'c.model_version_id', 'c.created_at', 'c.net', 'c.currency', 'c.account_id'])
    .select(visibilityOfProduct.as('visibility'))
    .where('c.company_id', '=', account.companyId)
    .orderBy('c.id', 'desc') // ids are time-ordered
    .limit(limit + 1)
  if (before) query = query.where('c.id', '<', before.id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const names = await personNames(
    database,
    page.flatMap(row => row.account_id ?? []),
  )
  const items = await Promise.all(
    page.map(async row => {
      const prices = pricesToldTo(readerOf(account), row.visibility)
      return {
        token: row.token,
        productName: await productName(database, row.model_version_id),
        createdAt: row.created_at.toISOString(),
        net: prices === 'shown' ? row.net : null,
        currency: row.currency,
        prices,
        savedBy: { id: row.account_id ?? '', name: names.get(row.account_id ?? '') ?? '' },
      }
    }),
  )
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null }
}
