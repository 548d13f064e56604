import { sql } from 'kysely'
import { pagesChanged } from '#features/discovery/server'
import { type Account, changedMeanwhile, type Database, type Platform } from '#platform/server'
import { type PriceReader, type PriceVisibility, pricesToldTo, usualPriceVisibility } from '../core/index.ts'
import { publicProductPages } from './public-pages.ts'
import type { ProductTables } from './tables.ts'

/** As whom an account reads prices; null: nobody is signed in. */
export const readerOf = (account: Pick<Account, 'kind'> | null): PriceReader => account?.kind ?? 'stranger'

/** To whom the prices of a product are shown: as it says itself, else as the whole portal. For queries of `product`, named `p`. */
export const visibilityOfProduct = sql<PriceVisibility>`coalesce(
  p.price_visibility, (select visibility from pricing), ${usualPriceVisibility})`

/** To whom prices of the whole portal are shown, with the revision that an edit has to name; 0 where nobody has said it yet. */
export async function readPricing(
  database: Database,
  lock = false,
): Promise<{ pricing: { visibility: PriceVisibility }; revision: number }> {
  const row = await database
    .db<ProductTables>()
    .selectFrom('pricing')
    .select(['visibility', 'revision'])
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  return { pricing: { visibility: row?.visibility ?? usualPriceVisibility }, revision: row?.revision ?? 0 }
}

/** Whether the prices of any published product are shown to a reader; while there is none, whether the portal would show them. */
export async function showsPrices(database: Database, reader: PriceReader): Promise<boolean> {
  const rows = await database
    .db<ProductTables>()
    .selectFrom('product as p')
    .select(visibilityOfProduct.as('visibility'))
    .distinct()
    .where('p.status', '=', 'published')
    .execute()
  const visibilities =
    rows.length > 0 ? rows.map(({ visibility }) => visibility) : [(await readPricing(database)).pricing.visibility]
  return visibilities.some(visibility => pricesToldTo(reader, visibility) === 'shown')
}

/** Says to whom prices are shown, from the next answer on. Fails with 412 where somebody changed it meanwhile. */
export async function savePricing(
  platform: Platform,
  { visibility, revision }: { visibility: PriceVisibility; revision: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const before = await readPricing(database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const values = { visibility, revision: before.revision + 1, updated_at: platform.now() }
    await database
      .db<ProductTables>()
      .insertInto('pricing')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
      .execute()
    await platform.audit.write({
      action: 'pricing.changed',
      target: { kind: 'pricing', id: 'pricing' },
      before: before.pricing,
      after: { visibility },
    })
    await platform.live.publish('pages', 'pricing')
    await pagesChanged(
      platform,
      (await publicProductPages(platform)).map(({ path }) => path),
    )
  })
}
