import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '@fettle/engine'
import { sql } from 'kysely'
import { seedDemoAccounts } from '#features/accounts/server'
import { seedSampleFigures } from '#features/figures/server'
import { seedDemoCustomers } from '#features/imports/server'
import { manufacturerProfile } from '#features/manufacturer/core'
import { saveManufacturer } from '#features/manufacturer/server'
import { hasProducts, publishModel, publishModelFile } from '#features/products/server'
import type { Platform } from '#platform/server'
import { loadDemoContent } from './demo-content.ts'
import { nextRotaryTable } from './demo-draft.ts'

const examples = join(import.meta.dirname, '../../../examples')

/** The demo's catalogue, in its order: folder of the example and the product's address. */
const catalogue = [
  ['machining-centre', 'machining-centre'],
  ['rotary-table', 'rotary-table'],
  ['wardrobe', 'wardrobe'],
  ['suit', 'suit'],
] as const

/** Everything the demo shows, through the features' own functions. Does nothing where it has been loaded before. */
export async function loadDemo(platform: Platform): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    await seedDemoAccounts(platform)
    if (await hasProducts(database)) return
    await saveManufacturer(platform, manufacturerProfile.parse(readExample('manufacturer/manufacturer.json')))
    for (const [position, [folder, slug]] of catalogue.entries())
      await publishModel(platform, {
        model: readExample(`${folder}/model.json`) as Model,
        page: existsSync(join(examples, folder, 'page.json')) ? readExample(`${folder}/page.json`) : undefined,
        sourceFormat: 'demo',
        publish: true,
        position,
        slug,
      })
    const next = nextRotaryTable(readExample('rotary-table/model.json') as Model)
    await publishModelFile(platform, { fileName: 'rotary-table-1.1.json', text: JSON.stringify(next), publish: false })
    await loadDemoContent(platform, readExample('manufacturer/content.json') as Parameters<typeof loadDemoContent>[1])
    await seedSampleFigures(platform)
    await seedDemoCustomers(platform, readExample('customers/customers.json') as Record<string, string[][]>)
  })
}

const readExample = (file: string): unknown => JSON.parse(readFileSync(join(examples, file), 'utf8'))
