import type { Account, Platform } from '#platform/server'
import type { EntryData, ProductTables } from './tables.ts'

/** Who does it, and why; nobody in particular where a command or the demo does. */
export interface Authorship {
  author?: Pick<Account, 'id'> | null | undefined
  /** one line */
  reason?: string | undefined
}

interface NewEntry extends Authorship {
  productId: string
  kind: ProductTables['product_entry']['kind']
  modelVersionId?: string
  data: EntryData
}

/** Notes in the product's history what was done, in the ambient transaction. */
export async function noteEntry(platform: Platform, { productId, kind, modelVersionId, author, reason, data }: NewEntry) {
  await platform.database
    .db<ProductTables>()
    .insertInto('product_entry')
    .values({
      id: platform.newId(),
      product_id: productId,
      kind,
      model_version_id: modelVersionId ?? null,
      author_id: author?.id ?? null,
      reason: reason || null,
      data: JSON.stringify(data),
      at: platform.now(),
    })
    .execute()
}
