import { sql } from 'kysely'
import { z } from 'zod'
import { addressees } from '#features/accounts/server'
import type { JobHandler, Platform } from '#platform/server'
import { floodLimits, type NoticeKind, type OutsideChannel, type SentLately, sendingOf, sentBy } from '../core/index.ts'
import { type DueNotice, sendEach, sendSummary } from './messages.ts'
import { settingsOf } from './settings.ts'
import type { NoticeTables } from './tables.ts'
import { peopleWhoSee } from './who-is-told.ts'

/**
 * Whoever knows things of a kind says which of these still wait for somebody: of what was acknowledged, put aside or is over meanwhile nobody is
 * mailed. Of kinds that stand nowhere everything is sent.
 */
export type StillWaiting = Partial<
  Record<NoticeKind, (platform: Platform, subjectIds: readonly string[]) => Promise<Set<string>>>
>

const task = z.object({ personId: z.string(), channel: z.enum(['mail', 'sms']) })

export async function enqueueDelivery(
  platform: Platform,
  { personId, channel, at }: { personId: string; channel: OutsideChannel; at: Date },
): Promise<void> {
  const runAt = at > platform.now() ? { runAt: at } : {}
  await platform.jobs.enqueue('notices.deliver', { personId, channel }, runAt)
}

/** Sends what is due to one person by one way: each by itself, or, in a flood, one summary for a window. All in the transaction of the job. */
export const deliverJob = (waiting: StillWaiting): JobHandler => ({
  async handle(data, { platform }) {
    const { personId, channel } = task.parse(data)
    // another process counts what this one sends
    await sql`select pg_advisory_xact_lock(hashtextextended(${`notices ${personId} ${channel}`}, 0))`.execute(
      platform.database.db(),
    )
    const due = await dueOf(platform, personId, channel)
    const wanted = await stillWanted(platform, waiting, personId, due)
    await settle(
      platform,
      channel,
      due.filter(notice => !wanted.includes(notice)),
      'dropped',
    )
    const [person] = await addressees(platform, { ids: [personId] })
    if (wanted.length === 0 || !person) return
    const now = platform.now().getTime()
    const sending = sendingOf(await sentLately(platform, personId, channel), wanted.length, now)
    if (sending.as === 'wait') return enqueueDelivery(platform, { personId, channel, at: new Date(sending.until) })
    const { zone } = (await settingsOf(platform, [person])).get(personId)!
    const telling = { platform, person, channel, zone }
    if (sending.as === 'each') for (const notice of wanted) await sendEach(telling, notice)
    else await sendSummary(telling, wanted)
    await settle(platform, channel, wanted, sending.as === 'each' ? 'sent' : 'bundled')
  },
})

const dueOf = ({ database, now }: Platform, personId: string, channel: OutsideChannel): Promise<DueNotice[]> =>
  database
    .db<NoticeTables>()
    .selectFrom('notice_delivery as d')
    .innerJoin('notice as n', 'n.id', 'd.notice_id')
    .select(['n.id', 'n.kind', 'n.urgency', 'n.subject_id', 'n.device_id', 'n.moment', 'n.content'])
    .where('n.person_id', '=', personId)
    .where('d.channel', '=', channel)
    .where('d.state', '=', 'waiting')
    .where('d.due_at', '<=', now())
    .orderBy('n.at')
    .limit(1000)
    .execute()

/** Those the person may still see, of things that still wait. */
async function stillWanted(
  platform: Platform,
  waiting: StillWaiting,
  personId: string,
  due: readonly DueNotice[],
): Promise<DueNotice[]> {
  const wanted: DueNotice[] = []
  for (const [kind, notices] of Map.groupBy(due, notice => notice.kind)) {
    const open = await waiting[kind]?.(
      platform,
      notices.map(({ subject_id }) => subject_id),
    )
    for (const notice of notices) {
      if (open && !open.has(notice.subject_id)) continue
      const { device_id, moment } = notice
      const readers = device_id && moment ? await peopleWhoSee(platform, { deviceId: device_id, at: moment }) : null
      if (readers === null || readers.some(({ id }) => id === personId)) wanted.push(notice)
    }
  }
  return wanted
}

async function sentLately({ database, now }: Platform, personId: string, channel: OutsideChannel): Promise<SentLately> {
  const rows = await database
    .db<NoticeTables>()
    .selectFrom('notice_delivery as d')
    .innerJoin('notice as n', 'n.id', 'd.notice_id')
    .select(['d.state', 'd.settled_at'])
    .where('n.person_id', '=', personId)
    .where('d.channel', '=', channel)
    .where('d.state', 'in', ['sent', 'bundled'])
    .where('d.settled_at', '>', new Date(now().getTime() - floodLimits.windowMs))
    .execute()
  return sentBy(rows)
}

async function settle(
  { database, now }: Platform,
  channel: OutsideChannel,
  notices: readonly DueNotice[],
  state: 'sent' | 'bundled' | 'dropped',
): Promise<void> {
  if (notices.length === 0) return
  await database
    .db<NoticeTables>()
    .updateTable('notice_delivery')
    .set({ state, settled_at: now() })
    .where('channel', '=', channel)
    .where(
      'notice_id',
      'in',
      notices.map(({ id }) => id),
    )
    .execute()
}
