import { sql } from 'kysely'
import { presentationIn } from '#features/products/server'
import type { Platform } from '#platform/server'
import { addDays } from '../core/index.ts'
import { inventFigures } from './invent-figures.ts'
import { type KnownProduct, knownProducts } from './known-products.ts'
import type { FigureTables } from './tables.ts'
import { addFacts, addStays, dayNow } from './tally.ts'

/** Named in no language, for it is shown in both. */
const note = 'ERP 2025'

/** Figures of the twelve weeks before today, for a demo; the page says that they are invented. In the ambient transaction, once. */
export async function seedSampleFigures(platform: Platform): Promise<void> {
  const { database, now } = platform
  const db = database.db<FigureTables>()
  const today = await dayNow(platform)
  const products = await Promise.all((await knownProducts(database)).map(product => priced(platform, product)))
  const { facts, stays, leads, amounts } = inventFigures(today, products, platform.newId)
  await addFacts(platform, facts)
  await addStays(platform, stays)
  for (const some of inParts(leads)) await db.insertInto('figure_lead').values(some).execute()
  for (const some of inParts(amounts)) await db.insertInto('figure_amount').values(some).execute()
  await db
    .insertInto('figure_sample')
    .values({ until: addDays(today, -1) })
    .execute()
  const before = { visits: 900, inquired: 21, answered: 17, offered: 9, won: 2, answer_hours: 26 }
  await db
    .insertInto('figure_before')
    .values({ ...before, note, revision: 1, updated_at: now() })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Takes them out again, before a demo's database is used for real; what was counted since stays. */
export async function removeSampleFigures({ database }: Platform): Promise<void> {
  await database.transaction(async () => {
    const invented = sql<boolean>`exists (select from figure_sample)`
    const until = sql`(select until from figure_sample)`
    const db = database.db<FigureTables>()
    await db.deleteFrom('figure_day').where(sql<boolean>`day <= ${until}`).execute()
    await db.deleteFrom('figure_stay').where(sql<boolean>`day <= ${until}`).execute()
    await db.deleteFrom('figure_lead').where(sql<boolean>`inquired_on <= ${until}`).execute()
    await db.deleteFrom('figure_amount').where(sql<boolean>`day <= ${until}`).execute()
    await db.deleteFrom('figure_before').where(invented).where('note', '=', note).execute()
    await db.deleteFrom('figure_sample').execute()
  })
}

/** With what it begins at; 0 where that is on request. */
async function priced({ database }: Platform, { id, versionId }: KnownProduct) {
  const { startingPrice } = await presentationIn(database, versionId)
  return { id, currency: startingPrice?.currency ?? 'CNY', net: startingPrice?.net ?? 0 }
}

/** As many rows as one statement takes. */
function inParts<Row>(rows: readonly Row[]): Row[][] {
  const size = 500
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
