import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { devicesBySerial, typedDevices, typesByKey } from '#features/devices/server'
import { packageFields } from '#features/packages/core'
import { createPackage, enterEntitlement, hasPackages } from '#features/packages/server'
import type { Platform } from '#platform/server'

/** What stands in examples/machines/packages.json. */
interface DemoPackage {
  fields: Record<string, unknown>
  /** keys of types */
  types: string[]
  /** machines whose owners have it */
  granted: { serial: string; daysAgo: number }[]
}

/** What the demo's manufacturer sells for machines, and who has it. Nothing where there are packages already. */
export async function loadDemoPackages(platform: Platform): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    if (!(await hasPackages(database))) await load(platform)
  })
}

async function load(platform: Platform): Promise<void> {
  const { database } = platform
  const file = join(import.meta.dirname, '../../../examples/machines/packages.json')
  const types = await typesByKey(database)
  for (const one of JSON.parse(readFileSync(file, 'utf8')) as DemoPackage[]) {
    const typeIds = one.types.flatMap(key => types.get(key) ?? [])
    const packageId = await createPackage(platform, packageFields.parse({ ...one.fields, typeIds }))
    for (const { serial, daysAgo } of one.granted) {
      const [named] = await devicesBySerial(database, serial)
      const [device] = named ? await typedDevices(database, { ids: [named.id] }) : []
      if (!device?.ownerId) continue
      const from = new Date(platform.now().getTime() - daysAgo * 86_400_000)
      await enterEntitlement(platform, { packageId, deviceId: device.id, companyId: device.ownerId, from })
    }
  }
}
