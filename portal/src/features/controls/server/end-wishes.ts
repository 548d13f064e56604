import type { Listener, Platform } from '#platform/server'
import type { ControlTables } from './tables.ts'

/** Whoever had the machine before wants nothing of it any more: what he set stays as the machine has it, and is not said again. */
export const endOfOwner: Listener<'device.changed-hands'> = {
  name: 'controls.end-of-owner',
  handle: ({ data: { deviceId }, at }, platform) => endWishes(platform, { deviceId, companyId: null, before: new Date(at) }),
}

/** Nor does an operator or service partner whose role has ended. */
export const endOfRole: Listener<'device.role-changed'> = {
  name: 'controls.end-of-role',
  async handle({ data: { deviceId, companyId, held }, at }, platform) {
    if (!held) await endWishes(platform, { deviceId, companyId, before: new Date(at) })
  },
}

/** companyId: null for all companies that asked something of the machine */
async function endWishes(
  { database, now }: Platform,
  { deviceId, companyId, before }: { deviceId: string; companyId: string | null; before: Date },
): Promise<void> {
  const db = database.db<ControlTables>()
  let wishes = db
    .updateTable('setting_wish')
    .set(eb => ({
      in_force: false,
      outcome: eb.case().when('outcome', '=', 'waiting').then('ended').else(eb.ref('outcome')).end() as never,
      settled_at: eb.fn.coalesce('settled_at', eb.val(now())),
    }))
    .where('device_id', '=', deviceId)
    .where('in_force', '=', true)
    .where('asked_at', '<=', before)
  wishes = companyId === null ? wishes.where('company_id', 'is not', null) : wishes.where('company_id', '=', companyId)
  await wishes.execute()
  let commands = db
    .updateTable('machine_command')
    .set({ state: 'expired', settled_at: now() })
    .where('device_id', '=', deviceId)
    .where('state', '=', 'waiting')
    .where('asked_at', '<=', before)
  commands = companyId === null ? commands.where('company_id', 'is not', null) : commands.where('company_id', '=', companyId)
  await commands.execute()
}
