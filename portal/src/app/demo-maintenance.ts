import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { listStaff, membersOfCompany } from '#features/accounts/server'
import { changePlan as contract, type Part } from '#features/advisory/core'
import { changePlan, changeRequest, hasPlans, recordMaintenance, requestService } from '#features/advisory/server'
import { devicesBySerial, typedDevices, typesByKey } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'

/** What stands in examples/machines/maintenance.json. */
interface DemoMaintenance {
  /** by key of the type */
  plans: Record<string, unknown>
  /** the same: what is advised */
  advice: Record<string, unknown>
  done: { serial: string; task: string; daysAgo: number; note?: string }[]
  service: { serial: string; description: string; result: string; parts: Part[] }[]
}

/** How the demo's machines are looked after, and what was done on them. Nothing where there are plans already. */
export async function loadDemoMaintenance(platform: Platform): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    if (!(await hasPlans(database))) await load(platform)
  })
}

async function load(platform: Platform): Promise<void> {
  const { database } = platform
  const file = join(import.meta.dirname, '../../../examples/machines/maintenance.json')
  const { plans, advice, done, service } = JSON.parse(readFileSync(file, 'utf8')) as DemoMaintenance
  const types = await typesByKey(database)
  for (const [key, tasks] of Object.entries(plans)) {
    const typeId = types.get(key)
    if (typeId)
      await changePlan(platform, { typeId, revision: '0', fields: contract.body!.parse({ tasks, advice: advice[key] }) })
  }
  const engineer = (await listStaff(platform, 'maintenance.record')).at(-1)
  if (!engineer) return
  for (const { serial, task, daysAgo, note = '' } of done) {
    const [device] = await devicesBySerial(database, serial)
    const on = new Date(platform.now().getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
    const fields = { task, on, counter: null, performedBy: '', note }
    if (device) await recordMaintenance(platform, accountOf(engineer, 'service', null), device.id, fields)
  }
  for (const one of service) await serve(platform, engineer, one)
}

/** A request of the machine's owner that was done. */
async function serve(
  platform: Platform,
  engineer: Person,
  { serial, description, result, parts }: DemoMaintenance['service'][0],
) {
  const [named] = await devicesBySerial(platform.database, serial)
  const [device] = named ? await typedDevices(platform.database, { ids: [named.id] }) : []
  const [customer] = device?.ownerId ? await membersOfCompany(platform, device.ownerId) : []
  if (!device?.ownerId || !customer) return
  const requestId = await requestService(platform, {
    account: accountOf(customer, 'company-admin', device.ownerId),
    ...{ language: 'zh-CN', deviceId: device.id },
    fields: { subject: 'free', about: '', description, wishedOn: null },
  })
  const account = accountOf(engineer, 'service', null)
  await changeRequest(platform, account, { requestId, revision: '1', change: { status: 'received', assigneeId: engineer.id } })
  await changeRequest(platform, account, { requestId, revision: '2', change: { status: 'done', result, parts } })
}

interface Person {
  id: string
  name: string
  email: string
}

const accountOf = ({ id, name, email }: Person, role: string, companyId: string | null): Account => ({
  ...{ id, name, email, kind: companyId ? 'customer' : 'staff', roles: [role], companyId, emailVerified: true },
  ...{ via: { kind: 'session' }, sessionId: '' },
})
