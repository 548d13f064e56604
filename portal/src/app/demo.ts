import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '@fettle/engine'
import { sql } from 'kysely'
import { seedDemoAccounts } from '#features/accounts/server'
import { seedSampleFigures } from '#features/figures/server'
import { seedDemoCustomers } from '#features/imports/server'
import { manufacturerProfile } from '#features/manufacturer/core'
import { saveManufacturer } from '#features/manufacturer/server'
import { hasProducts, publishModel, publishModelFile, throughForm } from '#features/products/server'
import type { Platform } from '#platform/server'
import { loadDemoContent } from './demo-content.ts'
import { nextRotaryTable } from './demo-draft.ts'

const examples = join(import.meta.dirname, '../../../examples')

/** The demo's catalogue, in its order: folder of the example, which is the product's address too, and how its model comes in. */
const catalogue = [
  ['machining-centre', 'json'],
  ['rotary-table', 'json'],
  ['wardrobe', 'form'],
  ['suit', 'form'],
] as const

/** Everything the demo shows, through the features' own functions. Does nothing where it has been loaded before. */
export async function loadDemo(platform: Platform): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    // several portals may start at once, and the first one may take its time
    await sql`select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)`.execute(database.db())
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db())
    await seedDemoAccounts(platform)
    if (await hasProducts(database)) return
    await saveManufacturer(platform, manufacturerProfile.parse(readExample('manufacturer/manufacturer.json')))
    for (const [position, [folder, wayIn]] of catalogue.entries()) {
      const model = readExample(`${folder}/model.json`) as Model
      await publishModel(platform, {
        model: wayIn === 'form' ? await throughForm(model) : model,
        page: existsSync(join(examples, folder, 'page.json')) ? readExample(`${folder}/page.json`) : undefined,
        sourceFormat: wayIn === 'form' ? 'xlsx' : 'demo',
        publish: true,
        position,
        slug: folder,
      })
    }
    const next = nextRotaryTable(readExample('rotary-table/model.json') as Model)
    await publishModelFile(platform, { fileName: 'rotary-table-1.1.json', text: JSON.stringify(next), publish: false })
    await loadDemoContent(platform, readExample('manufacturer/content.json') as Parameters<typeof loadDemoContent>[1])
    await seedSampleFigures(platform)
    await seedDemoCustomers(platform, readExample('customers/customers.json') as Record<string, string[][]>)
  })
}

const readExample = (file: string): unknown => JSON.parse(readFileSync(join(examples, file), 'utf8'))
