import { findStaff } from '#features/accounts/server'
import { type Account, changedMeanwhile, conflict, invalid, notFound, type Platform } from '#platform/server'
import { type LeadStatus, leadTransitions, mayMove } from '../core/index.ts'
import { sealEntry } from './lead-entries.ts'
import type { SalesTables } from './tables.ts'

interface Change {
  leadId: string
  status?: LeadStatus | undefined
  /** null: nobody */
  assigneeId?: string | null | undefined
  /** the revision the editor saw */
  revision: string
}

/** Moves a lead along the transition table or assigns it; each change is an entry of the timeline. Fails with `lead-transition` or 412. */
export async function changeLead(platform: Platform, author: Account, change: Change): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const lead = await lockLead(platform, change.leadId)
    if (String(lead.revision) !== change.revision) throw changedMeanwhile()
    if (change.status !== undefined && change.status !== lead.status) await moveLead(platform, lead, change.status, author)
    if (change.assigneeId !== undefined && change.assigneeId !== lead.assignee_id)
      await assign(platform, lead, change.assigneeId, author)
    const asked = ({ status, assigneeId }: Pick<Change, 'status' | 'assigneeId'>) => ({
      ...(change.status === undefined ? {} : { status }),
      ...(change.assigneeId === undefined ? {} : { assigneeId }),
    })
    await platform.audit.write({
      action: 'lead.changed',
      target: { kind: 'lead', id: lead.id },
      before: asked({ status: lead.status, assigneeId: lead.assignee_id }),
      after: asked(change),
    })
  })
}

/** A colleague; null: the portal itself, by what the customer did. */
type Author = Pick<Account, 'id'> | null

export type LockedLead = Awaited<ReturnType<typeof lockLead>>

/** The lead, locked until the ambient transaction ends; 404 where there is none. */
export async function lockLead(platform: Platform, leadId: string) {
  const lead = await platform.database
    .db<SalesTables>()
    .selectFrom('lead')
    .select(['id', 'status', 'assignee_id', 'revision', 'inquiry_id'])
    .where('id', '=', leadId)
    .forUpdate()
    .executeTakeFirst()
  if (!lead) throw notFound({ 'zh-CN': '线索', en: 'lead' })
  return lead
}

/** Moves a locked lead to a status its transition table allows. */
export async function moveLead(platform: Platform, lead: LockedLead, to: LeadStatus, author: Author): Promise<void> {
  if (!mayMove(lead.status, to)) throw refusedMove(lead.status, to)
  await platform.database.db<SalesTables>().updateTable('lead').set({ status: to }).where('id', '=', lead.id).execute()
  await addEntry(platform, lead.id, 'status', author, { from: lead.status, to })
  await platform.record('lead.status-changed', { leadId: lead.id, from: lead.status, to })
}

async function assign(platform: Platform, lead: LockedLead, assigneeId: string | null, author: Account) {
  const assignee = assigneeId === null ? null : await findStaff(platform, assigneeId, 'lead.write')
  if (assigneeId !== null && !assignee)
    throw invalid([
      {
        field: '/assigneeId',
        value: assigneeId,
        message: { 'zh-CN': '此人不能负责线索。', en: 'This person cannot work on leads.' },
        remedy: { 'zh-CN': '请选择销售同事。', en: 'Choose a colleague from sales.' },
      },
    ])
  await platform.database
    .db<SalesTables>()
    .updateTable('lead')
    .set({ assignee_id: assigneeId })
    .where('id', '=', lead.id)
    .execute()
  await addEntry(platform, lead.id, 'assigned', author, { to: assigneeId, name: assignee?.name ?? null })
  await platform.record('lead.assigned', { leadId: lead.id, assigneeId })
}

/** Adds to the timeline and raises the lead's revision, so that whoever edits an older view is told. */
export async function addEntry(
  platform: Platform,
  leadId: string,
  kind: SalesTables['lead_entry']['kind'],
  author: Author,
  data: Record<string, unknown>,
): Promise<void> {
  const db = platform.database.db<SalesTables>()
  const at = platform.now()
  await db
    .insertInto('lead_entry')
    .values({
      id: platform.newId(),
      lead_id: leadId,
      kind,
      author_id: author?.id ?? null,
      data: await sealEntry(platform.vault, data),
      at,
    })
    .execute()
  await db
    .updateTable('lead')
    .set(eb => ({ revision: eb('revision', '+', 1), updated_at: at }))
    .where('id', '=', leadId)
    .execute()
  await platform.live.publish('leads', leadId)
}

const refusedMove = (from: LeadStatus, to: LeadStatus) =>
  conflict(
    'lead-transition',
    { 'zh-CN': `线索不能从“${from}”转为“${to}”。`, en: `A lead cannot move from “${from}” to “${to}”.` },
    {
      'zh-CN': leadTransitions[from].length ? `可转为：${leadTransitions[from].join('、')}。` : '该状态为最终状态。',
      en: leadTransitions[from].length ? `It may move to: ${leadTransitions[from].join(', ')}.` : 'This status is final.',
    },
    { from, to, allowed: leadTransitions[from] },
  )
