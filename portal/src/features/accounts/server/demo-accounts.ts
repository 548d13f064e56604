import type { Kysely } from 'kysely'
import type { Platform } from '#platform/server'
import { type StaffRole, staffRoles } from '../core/index.ts'
import { findByEmail, writeCustomer, writeStaff } from './people.ts'
import type { AccountTables } from './tables.ts'
import { markVerified } from './verify-email.ts'

/** Known to everybody on purpose: these accounts exist in demo mode only. */
export const demoPassword = 'fettle-demo-2026'

interface DemoAccount {
  email: string
  password: string
  roles: StaffRole[]
}

const customer = { email: 'customer@example.com', name: '周建国', companyName: '苏州恒锐精密机械有限公司' }
const staffEmail = (role: StaffRole) => `${role}@zhizao.example`
const emails = [...staffRoles.map(staffEmail), customer.email]
const names: Record<StaffRole, string> = {
  admin: '管理员',
  sales: '李销售',
  product: '王产品',
  service: '陈服务',
  marketing: '赵市场',
}

/** Staff of the demo manufacturer, one for each role, and a customer. Does nothing the second time. */
export async function seedDemoAccounts(platform: Platform): Promise<void> {
  if (platform.config.mode !== 'demo') throw new Error('Demo accounts are for demo mode only.')
  await platform.database.transaction(async () => {
    for (const { email, password, roles } of demoAccounts(platform)) {
      if (await findByEmail(platform, email)) continue
      if (roles.length > 0)
        await writeStaff(platform, { name: names[roles[0]!], email, roles, password, language: 'zh-CN', grantedBy: null })
      else await seedCustomer(platform, password)
    }
  })
}

/** The demo's accounts with their password, for the sign-in page and the start's output; none outside demo mode. */
export function demoAccounts(platform: Platform): DemoAccount[] {
  if (platform.config.mode !== 'demo') return []
  const staff = staffRoles.map(role => ({ email: staffEmail(role), password: demoPassword, roles: [role] }))
  return [...staff, { email: customer.email, password: demoPassword, roles: [] }]
}

/** Addresses of the demo's accounts that exist in this database, whatever mode it runs in. */
export async function foundDemoAccounts(platform: Platform): Promise<string[]> {
  const found = await Promise.all(emails.map(email => findByEmail(platform, email)))
  return emails.filter((_, at) => found[at])
}

/** Takes the demo's accounts out, with their sessions, and the demo customer's company where nobody else belongs to it. Answers their addresses. */
export async function removeDemoAccounts(platform: Platform): Promise<string[]> {
  return platform.database.transaction(async () => {
    const db = platform.database.db<AccountTables>()
    const removed: string[] = []
    for (const email of emails) {
      const person = await findByEmail(platform, email)
      if (!person) continue
      const companies = await db.selectFrom('company_member').select('company_id').where('person_id', '=', person.id).execute()
      await db.deleteFrom('person').where('id', '=', person.id).execute()
      for (const { company_id } of companies) await removeEmptyCompany(db, company_id)
      removed.push(email)
    }
    return removed
  })
}

const removeEmptyCompany = (db: Kysely<AccountTables>, companyId: string) =>
  db
    .deleteFrom('company')
    .where('id', '=', companyId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('company_member').select('id').where('company_id', '=', companyId))),
    )
    .execute()

async function seedCustomer(platform: Platform, password: string): Promise<void> {
  const { accountId, companyId } = await writeCustomer(platform, { ...customer, password, language: 'zh-CN' })
  await platform.record('customer.signed-up', { accountId, companyId })
  await markVerified(platform, accountId)
}
