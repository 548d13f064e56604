import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { ruleFields } from '#features/alarms/core'
import { enterAlarmRule } from '#features/alarms/server'
import type { DeviceFields, DeviceTypeFields, Identification } from '#features/devices/core'
import { createDevice, createDeviceType, hasDeviceTypes } from '#features/devices/server'
import { namedProducts } from '#features/products/server'
import { vibrationFields } from '#features/vibration/core'
import { changeVibrationPlan } from '#features/vibration/server'
import type { Platform } from '#platform/server'

/** What stands in examples/machines/machines.json. */
interface DemoMachines {
  /** product: its address */
  types: (Omit<DeviceTypeFields, 'productId'> & { product: string })[]
  /** built, and not delivered yet: somebody can claim them */
  machines: (Pick<DeviceFields, 'serial' | 'model' | 'builtYear'> &
    Partial<Pick<DeviceFields, 'typeCode' | keyof Identification>>)[]
}

/** Types of the demo manufacturer's machines with their alarm rules and where vibration is recorded, and a few machines that wait for their customers. Nothing where there are types already. */
export async function loadDemoMachines(platform: Platform): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    if (await hasDeviceTypes(database)) return
    const { types, machines } = readExample('machines.json') as DemoMachines
    const rules = readExample('alarm-rules.json') as Record<string, unknown[]>
    const vibration = readExample('vibration.json') as Record<string, unknown>
    const products = new Map((await namedProducts(database)).map(({ slug, id }) => [slug, id]))
    for (const { product, ...type } of types) {
      const typeId = await createDeviceType(platform, { ...type, productId: products.get(product) ?? null })
      if (vibration[type.key])
        await changeVibrationPlan(platform, { typeId, revision: '0', fields: vibrationFields.parse(vibration[type.key]) })
      for (const rule of rules[type.key] ?? []) await enterAlarmRule(platform, typeId, ruleFields.parse(rule))
    }
    const unsaid = {
      typeCode: null,
      typeId: null,
      orderNumber: null,
      deliveredOn: null,
      warrantyUntil: null,
      site: null,
      configuration: null,
      replaced: [],
    }
    for (const machine of machines) await createDevice(platform, { ...unsaid, ...machine })
  })
}

const readExample = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../examples/machines', file), 'utf8'))
