import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { DeviceFields, DeviceTypeFields } from '#features/devices/core'
import { createDevice, createDeviceType, hasDeviceTypes } from '#features/devices/server'
import { namedProducts } from '#features/products/server'
import type { Platform } from '#platform/server'

/** What stands in examples/machines/machines.json. */
interface DemoMachines {
  /** product: its address */
  types: (Omit<DeviceTypeFields, 'productId'> & { product: string })[]
  /** built, and not delivered yet: somebody can claim them */
  machines: (Pick<DeviceFields, 'serial' | 'model' | 'builtYear'> & { typeCode?: string })[]
}

/** Types of the demo manufacturer's machines, and a few machines that wait for their customers. Nothing where there are types already. */
export async function loadDemoMachines(platform: Platform): Promise<void> {
  const { database } = platform
  const file = join(import.meta.dirname, '../../../examples/machines/machines.json')
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    if (await hasDeviceTypes(database)) return
    const { types, machines } = JSON.parse(readFileSync(file, 'utf8')) as DemoMachines
    const products = new Map((await namedProducts(database)).map(({ slug, id }) => [slug, id]))
    for (const { product, ...type } of types)
      await createDeviceType(platform, { ...type, productId: products.get(product) ?? null })
    const unsaid = {
      typeCode: null,
      typeId: null,
      deliveredOn: null,
      warrantyUntil: null,
      site: null,
      configuration: null,
      replaced: [],
    }
    for (const machine of machines) await createDevice(platform, { ...unsaid, ...machine })
  })
}
