import { personNames } from '#features/accounts/server'
import { loadModel, productName } from '#features/products/server'
import { type Account, type Database, decodeCursor, encodeCursor, notFound } from '#platform/server'
import { type Sheet, sheetOf } from '../core/index.ts'
import type { ConfiguratorTables } from './tables.ts'

/** The sheet of a saved configuration by the token of its link; 404 for any other token. */
export async function readConfiguration(database: Database, token: string): Promise<Sheet> {
  const row = await database
    .db<ConfiguratorTables>()
    .selectFrom('configuration')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst()
  if (!row) throw unknownConfiguration()
  const { rulebook, productSlug, modelVersionId, version, withdrawn, currentVersionId } = await loadModel(
    database,
    row.model_version_id,
  )
  return sheetOf(rulebook, {
    token: row.token,
    productSlug,
    modelVersionId,
    modelVersion: version,
    withdrawn,
    currentVersionId,
    createdAt: row.created_at,
    decisions: row.decisions,
    selection: row.selection,
  })
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
    .db<ConfiguratorTables>()
    .selectFrom('configuration')
    .select(['id', 'token', 'model_version_id', 'created_at', 'net', 'currency', 'account_id'])
    .where('company_id', '=', account.companyId)
    .orderBy('id', 'desc') // ids are time-ordered
    .limit(limit + 1)
  if (before) query = query.where('id', '<', before.id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const names = await personNames(
    database,
    page.flatMap(row => row.account_id ?? []),
  )
  const items = await Promise.all(
    page.map(async row => ({
      token: row.token,
      productName: await productName(database, row.model_version_id),
      createdAt: row.created_at.toISOString(),
      net: row.net,
      currency: row.currency,
      savedBy: { id: row.account_id ?? '', name: names.get(row.account_id ?? '') ?? '' },
    })),
  )
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null }
}
