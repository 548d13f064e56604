import { type Account, changedMeanwhile, type Database, invalid, type Platform } from '#platform/server'
import { type FiguresBefore, nothingBefore } from '../core/index.ts'
import type { KnownProduct } from './known-products.ts'
import type { FigureTables } from './tables.ts'

const columns = ['inquired', 'answered', 'offered', 'won', 'answer_hours as answerHours', 'note', 'revision'] as const

/** Of a product, or of the whole portal (null). With the revision that an edit has to name; 0 where nobody has entered anything. */
export async function readBefore(
  database: Database,
  product: KnownProduct | null,
  lock = false,
): Promise<{ before: FiguresBefore; revision: number }> {
  const db = database.db<FigureTables>()
  const row = product
    ? await db
        .selectFrom('figure_before_product')
        .select([...columns])
        .where('product_id', '=', product.id)
        .$if(lock, query => query.forUpdate())
        .executeTakeFirst()
    : await db
        .selectFrom('figure_before')
        .select(['visits', ...columns])
        .$if(lock, query => query.forUpdate())
        .executeTakeFirst()
  if (!row) return { before: nothingBefore, revision: 0 }
  const { revision, ...before } = row
  return { before: { ...nothingBefore, ...before }, revision }
}

interface Change {
  /** null: the whole portal */
  product: KnownProduct | null
  before: FiguresBefore
  revision: string
}

/** Fails with 412 where somebody changed it meanwhile, with `invalid` for visits of a product: they are of none in particular. */
export async function saveBefore(
  platform: Platform,
  actor: Account,
  { product, before: after, revision }: Change,
): Promise<void> {
  if (product && after.visits !== null) throw visitsOfProduct(after.visits)
  const { database } = platform
  await database.transaction(async () => {
    const { before, revision: seen } = await readBefore(database, product, true)
    if (String(seen) !== revision) throw changedMeanwhile()
    await write(platform, product, after, seen + 1)
    await platform.record('figures.before-changed', { by: actor.id })
    await platform.audit.write({
      action: 'figures.before-changed',
      target: { kind: 'figures', id: product ? `before:${product.slug}` : 'before' },
      before,
      after,
    })
  })
}

async function write(
  { database, now }: Platform,
  product: KnownProduct | null,
  { visits, answerHours, ...rest }: FiguresBefore,
  revision: number,
): Promise<void> {
  const db = database.db<FigureTables>()
  const values = { ...rest, answer_hours: answerHours, revision, updated_at: now() }
  if (product)
    await db
      .insertInto('figure_before_product')
      .values({ ...values, product_id: product.id })
      .onConflict(conflict => conflict.column('product_id').doUpdateSet(values))
      .execute()
  else
    await db
      .insertInto('figure_before')
      .values({ ...values, visits })
      .onConflict(conflict => conflict.column('only_one').doUpdateSet({ ...values, visits }))
      .execute()
}

const visitsOfProduct = (visits: number) =>
  invalid([
    {
      field: '/visits',
      value: String(visits),
      message: { 'zh-CN': '访问不属于某个产品。', en: 'Visits are of no product in particular.' },
      remedy: {
        'zh-CN': '请在“全部产品”下填写访问数，此处留空（null）。',
        en: 'Enter visits for all products together; give null here.',
      },
    },
  ])
