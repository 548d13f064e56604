import type { LocalizedText } from '#platform/core'
import { type Account, type ConfirmedAct, conflict, notFound, type Platform, type RequestContext } from '#platform/server'
import { type Approval, approvalHours, permissionsBy } from '../core/index.ts'
import { openWords } from './confirmation-words.ts'
import { mailApprovalAsked, mailApprovalDecided } from './mails.ts'
import { viewAccount } from './people.ts'
import { listStaff, personNames } from './staff.ts'
import type { AccountTables } from './tables.ts'

/** Who could be the second person: staff with the permission who can sign in, except who asks. */
export const eligible = async (platform: Platform, permission: string, askedBy: string) =>
  (await listStaff(platform, permission)).filter(({ id }) => id !== askedBy)

interface Question {
  id: string
  what: LocalizedText
  /** name of who asks */
  askedBy: string
  others: { id: string }[]
}

/** Tells everybody who may decide, by mail and in the console. In the ambient transaction. */
export async function askSecondPerson(platform: Platform, { id, what, askedBy, others }: Question): Promise<void> {
  for (const other of others) {
    const { email, name, language } = await viewAccount(platform, other.id)
    await mailApprovalAsked(platform, {
      to: email,
      name,
      language,
      who: askedBy,
      what: what[platform.languages.writtenIn(language)],
    })
  }
  await platform.live.publish('approvals', id)
}

/** What the person may decide, and what of his own waits or was decided within the week; newest first. */
export async function listApprovals(platform: Platform, account: Account): Promise<Approval[]> {
  const db = platform.database.db<AccountTables>()
  const rows = await db
    .selectFrom('confirmation')
    .selectAll()
    .where('second_permission', 'is not', null)
    .where('alone', '=', false)
    .where('created_at', '>', new Date(platform.now().getTime() - 7 * 24 * 60 * 60_000))
    .where(({ or, eb }) =>
      or([eb('account_id', '=', account.id), eb('second_permission', 'in', [...permissionsBy(account), ''])]),
    )
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return present(platform, account, rows)
}

/** What deciding will do, for the confirmation of the second person himself. 404 for whom it is not to decide. */
export async function describeDecision(
  { platform, account }: RequestContext,
  approvalId: string,
  decision: 'approve' | 'decline',
): Promise<ConfirmedAct> {
  const row = await findDecidable(platform, account!, approvalId)
  const { what } = await openWords(platform, row)
  return {
    target: approvalId,
    what:
      decision === 'approve'
        ? { 'zh-CN': `批准：${what['zh-CN']}`, en: `Approve: ${what.en}` }
        : { 'zh-CN': `拒绝：${what['zh-CN']}`, en: `Decline: ${what.en}` },
  }
}

interface Decision {
  approvalId: string
  decision: 'approve' | 'decline'
  account: Account
}

/** The second person's word. The first keeps his token, which works from now on, or never. */
export async function decideApproval(platform: Platform, { approvalId, decision, account }: Decision): Promise<Approval> {
  const row = await findDecidable(platform, account, approvalId)
  const change = {
    status: decision === 'approve' ? 'approved' : 'declined',
    approver_id: account.id,
    decided_at: platform.now(),
  } as const
  await platform.database.db<AccountTables>().updateTable('confirmation').set(change).where('id', '=', row.id).execute()
  await platform.audit.write({
    action: 'approval.decided',
    target: { kind: row.operation, id: row.target },
    after: { status: change.status },
  })
  const { email, name, language } = await viewAccount(platform, row.account_id)
  const { what } = await openWords(platform, row)
  await mailApprovalDecided(
    platform,
    { to: email, name, language, who: account.name, what: what[platform.languages.writtenIn(language)] },
    change.status,
  )
  await platform.live.publish('approvals', row.id)
  return (await present(platform, account, [{ ...row, ...change }]))[0]!
}

async function findDecidable(platform: Platform, account: Account, approvalId: string) {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('confirmation')
    .selectAll()
    .where('id', '=', approvalId)
    .where('alone', '=', false)
    .forUpdate()
    .executeTakeFirst()
  const his = row?.second_permission && row.account_id !== account.id
  if (!his || !(permissionsBy(account) as string[]).includes(row.second_permission!))
    throw notFound({ 'zh-CN': '待批准的请求', en: 'request to approve' })
  if (row.status !== 'waiting' || until(row) < platform.now()) throw alreadyDecided()
  return row
}

const until = ({ created_at }: Pick<Row, 'created_at'>): Date => new Date(created_at.getTime() + approvalHours * 60 * 60_000)

type Row = AccountTables['confirmation']

async function present(platform: Platform, account: Account, rows: Row[]): Promise<Approval[]> {
  const names = await personNames(
    platform.database,
    rows.flatMap(row => [row.account_id, ...(row.approver_id ? [row.approver_id] : [])]),
  )
  const who = (id: string) => ({ id, name: names.get(id) ?? '' })
  return Promise.all(
    rows.map(async row => ({
      id: row.id,
      ...(await openWords(platform, row)),
      askedBy: who(row.account_id),
      mine: row.account_id === account.id,
      status: row.status,
      decidedBy: row.approver_id ? who(row.approver_id) : null,
      askedAt: row.created_at.toISOString(),
      until: until(row).toISOString(),
    })),
  )
}

const alreadyDecided = () =>
  conflict(
    'already-decided',
    { 'zh-CN': '此请求已有答复或已过期。', en: 'This request was decided already, or has expired.' },
    { 'zh-CN': '请刷新列表。', en: 'Reload the list.' },
  )
