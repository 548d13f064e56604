import { patternKey } from '#features/devices/core'
import { modelsInRegister } from '#features/devices/server'
import { type NamedProduct, namedProducts } from '#features/products/server'
import { type Database, notFound, type Platform } from '#platform/server'
import { type PlatesView, type ProductPlates, productsOfModel } from '../core/index.ts'
import type { DocumentTables } from './tables.ts'

/** By what the machines of every product are recognised. */
export async function readPlates(database: Database): Promise<(ProductPlates & Pick<NamedProduct, 'name'>)[]> {
  const rows = await database.db<DocumentTables>().selectFrom('document_nameplate').selectAll().orderBy('pattern_key').execute()
  return (await namedProducts(database)).map(({ id, name }) => ({
    productId: id,
    name,
    names: [name['zh-CN'], name.en],
    patterns: rows.filter(row => row.product_id === id).map(({ pattern }) => pattern),
  }))
}

/** The same for staff, with how many machines of the register each product has, and those that belong to none. */
export async function listNameplates({ database }: Platform) {
  const [plates, models] = await Promise.all([readPlates(database), modelsInRegister(database)])
  const found = models.map(model => ({ ...model, products: productsOfModel(model.modelKey, plates) }))
  return {
    products: plates.map(
      ({ productId, name, patterns }): PlatesView => ({
        productId,
        name,
        patterns: [...patterns],
        machines: found.filter(({ products }) => products.includes(productId)).reduce((sum, { machines }) => sum + machines, 0),
      }),
    ),
    homeless: found.filter(({ products }) => products.length === 0).map(({ model, machines }) => ({ model, machines })),
  }
}

/** Replaces what nameplates call the machines of a product. 404 where there is no such product. */
export async function saveNameplates(platform: Platform, productId: string, patterns: readonly string[]): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const before = (await readPlates(database)).find(one => one.productId === productId)
    if (!before) throw notFound({ 'zh-CN': '产品', en: 'product' })
    const keyed = new Map(patterns.flatMap(pattern => (patternKey(pattern) ? [[patternKey(pattern)!, pattern] as const] : [])))
    const db = database.db<DocumentTables>()
    await db.deleteFrom('document_nameplate').where('product_id', '=', productId).execute()
    if (keyed.size > 0)
      await db
        .insertInto('document_nameplate')
        .values([...keyed].map(([pattern_key, pattern]) => ({ product_id: productId, pattern, pattern_key })))
        .onConflict(conflict => conflict.doNothing())
        .execute()
    await platform.audit.write({
      action: 'document.nameplates-changed',
      target: { kind: 'product', id: productId },
      before: { patterns: before.patterns },
      after: { patterns: [...keyed.values()] },
    })
  })
}
