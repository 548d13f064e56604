import type { Platform } from '#platform/server'
import { type StaffRole, staffRoles } from '../core/index.ts'
import { findByEmail, writeCustomer, writeStaff } from './people.ts'
import { markVerified } from './verify-email.ts'

/** Known to everybody on purpose: these accounts exist in demo mode only. */
export const demoPassword = 'fettle-demo-2026'

interface DemoAccount {
  email: string
  password: string
  roles: StaffRole[]
}

const customer = { email: 'customer@example.com', name: '周建国', companyName: '苏州恒锐精密机械有限公司' }
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
  const staff = staffRoles.map(role => ({ email: `${role}@zhizao.example`, password: demoPassword, roles: [role] }))
  return [...staff, { email: customer.email, password: demoPassword, roles: [] }]
}

async function seedCustomer(platform: Platform, password: string): Promise<void> {
  const { accountId, companyId } = await writeCustomer(platform, { ...customer, password, language: 'zh-CN' })
  await platform.record('customer.signed-up', { accountId, companyId })
  await markVerified(platform, accountId)
}
