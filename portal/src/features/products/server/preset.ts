import { inBothLanguages } from '#platform/core'
import { changedMeanwhile, type Database, type Platform } from '#platform/server'
import { type ProductPreset, usualPreset } from '../core/index.ts'
import type { ProductTables } from './tables.ts'

/** What new products and offers begin with, with the revision that an edit has to name; 0 where nobody has said it yet. */
export async function readPreset(database: Database, lock = false): Promise<{ preset: ProductPreset; revision: number }> {
  const row = await database
    .db<ProductTables>()
    .selectFrom('product_preset')
    .select(['currency', 'tax', 'revision'])
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  return row ? { preset: { currency: row.currency, tax: row.tax }, revision: row.revision } : { preset: usualPreset, revision: 0 }
}

/** Says what new products and offers begin with. Fails with 412 where somebody changed it meanwhile. */
export async function savePreset(
  platform: Platform,
  { preset: typed, revision }: { preset: ProductPreset; revision: string },
): Promise<void> {
  const { database } = platform
  const preset = { ...typed, tax: typed.tax && { ...typed.tax, name: inBothLanguages(typed.tax.name) } }
  await database.transaction(async () => {
    const before = await readPreset(database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const values = {
      currency: preset.currency,
      tax: preset.tax && JSON.stringify(preset.tax),
      revision: before.revision + 1,
      updated_at: platform.now(),
    }
    await database
      .db<ProductTables>()
      .insertInto('product_preset')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
      .execute()
    await platform.audit.write({
      action: 'product-preset.changed',
      target: { kind: 'product-preset', id: 'product-preset' },
      before: { ...before.preset },
      after: { ...preset },
    })
  })
}
