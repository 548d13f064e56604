import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listStaff } from '#features/accounts/server'
import { changePlan as contract } from '#features/advisory/core'
import { changePlan, hasPlans, recordMaintenance } from '#features/advisory/server'
import { devicesBySerial, typesByKey } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'

/** What stands in examples/machines/maintenance.json. */
interface DemoMaintenance {
  /** by key of the type */
  plans: Record<string, unknown>
  done: { serial: string; task: string; daysAgo: number; note?: string }[]
}

/** How the demo's machines are looked after, and what was done on them. Nothing where there are plans already. */
export async function loadDemoMaintenance(platform: Platform): Promise<void> {
  const { database } = platform
  if (await hasPlans(database)) return
  const file = join(import.meta.dirname, '../../../examples/machines/maintenance.json')
  const { plans, done } = JSON.parse(readFileSync(file, 'utf8')) as DemoMaintenance
  const types = await typesByKey(database)
  for (const [key, tasks] of Object.entries(plans)) {
    const typeId = types.get(key)
    if (typeId) await changePlan(platform, { typeId, revision: '0', fields: contract.body!.parse({ tasks }) })
  }
  const [engineer] = await listStaff(platform, 'maintenance.record')
  for (const { serial, task, daysAgo, note = '' } of engineer ? done : []) {
    const [device] = await devicesBySerial(database, serial)
    const on = new Date(platform.now().getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
    const fields = { task, on, counter: null, performedBy: '', note }
    if (device) await recordMaintenance(platform, asStaff(engineer!), device.id, fields)
  }
}

const asStaff = ({ id, name, email }: { id: string; name: string; email: string }): Account => ({
  ...{ id, name, email, kind: 'staff', roles: ['service'], companyId: null, emailVerified: true },
  ...{ via: { kind: 'session' }, sessionId: '' },
})
