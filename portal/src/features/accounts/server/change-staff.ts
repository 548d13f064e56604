import { type Account, type ConfirmedAct, changedMeanwhile, conflict, type Platform } from '#platform/server'
import { mayActOn, mayGive, roles as roleTable, type StaffMember, type StaffRole } from '../core/index.ts'
import { outOfReach } from './failures.ts'
import { endStreamsOf } from './sessions.ts'
import { getStaffMember } from './staff.ts'
import type { AccountTables } from './tables.ts'

interface Change {
  accountId: string
  roles: StaffRole[]
  /** the revision the administrator saw */
  revision: string
  changedBy: Account
}

/** What giving and taking these roles needs confirmed; a second administrator has to agree to a new one. */
export async function describeRoleChange(platform: Platform, accountId: string, wanted: StaffRole[]): Promise<ConfirmedAct> {
  const { id, name, roles } = await getStaffMember(platform, accountId)
  return {
    target: id,
    what: {
      'zh-CN': `将 ${name} 的角色改为：${wanted.map(role => roleTable[role].name['zh-CN']).join('、')}`,
      en: `Change the roles of ${name} to: ${wanted.map(role => roleTable[role].name.en).join(', ')}`,
    },
    ...(wanted.includes('admin') && !roles.includes('admin') ? { second: 'staff.manage' } : {}),
  }
}

/** Gives and takes roles, in effect with the next request of that person. The last administrator stays one. */
export async function changeStaff(platform: Platform, change: Change): Promise<StaffMember> {
  const roles = [...new Set(change.roles)].sort()
  return platform.database.transaction(async () => {
    const db = platform.database.db<AccountTables>()
    // one change at a time, so that two administrators cannot take each other's role at once
    await db.selectFrom('staff_role').select('person_id').where('role', '=', 'admin').orderBy('person_id').forUpdate().execute()
    const member = await getStaffMember(platform, change.accountId)
    if (member.revision !== change.revision) throw changedMeanwhile()
    const { changedBy } = change
    if (mayActOn(changedBy.roles, member.roles) === 'never' || !roles.every(role => mayGive(changedBy.roles, role)))
      throw outOfReach()
    if (member.roles.includes('admin') && !roles.includes('admin')) await demandAnotherAdmin(platform, member.id)
    const [now, person_id] = [platform.now(), member.id]
    await db.deleteFrom('staff_role').where('person_id', '=', person_id).where('role', 'not in', roles).execute()
    await db
      .insertInto('staff_role')
      .values(roles.map(role => ({ person_id, role, granted_at: now, granted_by: changedBy.id })))
      .onConflict(known => known.doNothing())
      .execute()
    await db.updateTable('person').set({ updated_at: now }).where('id', '=', person_id).execute()
    await endStreamsOf(platform, person_id)
    await platform.record('staff.roles-changed', { accountId: person_id, changedBy: changedBy.id, roles })
    await platform.audit.write({
      action: 'staff.roles-changed',
      target: { kind: 'account', id: person_id },
      before: { roles: member.roles },
      after: { roles },
    })
    return getStaffMember(platform, person_id)
  })
}

/** Throws last-admin where nobody else could look after the portal. */
export async function demandAnotherAdmin(platform: Platform, accountId: string): Promise<void> {
  const another = await platform.database
    .db<AccountTables>()
    .selectFrom('staff_role')
    .innerJoin('person', 'person.id', 'staff_role.person_id')
    .select('person.id')
    .where('role', '=', 'admin')
    .where('person.id', '!=', accountId)
    .where('email_verified', '=', true)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst()
  if (another) return
  throw conflict(
    'last-admin',
    { 'zh-CN': '这是最后一位可以登录的管理员。', en: 'This is the last administrator who can sign in.' },
    { 'zh-CN': '请先任命另一位管理员。', en: 'Make somebody else an administrator first.' },
  )
}
