import { sql } from 'kysely'
import type { Addressee } from '#features/accounts/server'
import type { Platform } from '#platform/server'
import {
  channelsFor,
  type NoticeContent,
  type NoticeKind,
  type NoticeSettings,
  type OutsideChannel,
  ringsAt,
  type Urgency,
} from '../core/index.ts'
import { enqueueDelivery } from './deliver.ts'
import { settingsOf } from './settings.ts'
import type { NoticeTables } from './tables.ts'
import type { About } from './who-is-told.ts'

/** What somebody is told. */
export interface Telling {
  kind: NoticeKind
  urgency: Urgency
  /** of what it tells: 'alarm:<id>'. Told again of the same, somebody has one notice of it, unread anew */
  key: string
  /** the thing itself, for whoever says whether it still waits */
  subjectId: string
  /** null: about no machine */
  about: About | null
  to: readonly Addressee[]
  content: NoticeContent
}

/** ms after which somebody is mailed once more of the same thing that comes again and again */
const again = 3_600_000

/** Tells people, each as he wants it: in the portal at once, by mail or text message when it may ring. In the ambient transaction. */
export async function tell(platform: Platform, telling: Telling): Promise<void> {
  const { kind, urgency, to } = telling
  await platform.database.transaction(async () => {
    const settings = await settingsOf(platform, to)
    for (const person of to) {
      const chosen = settings.get(person.id)!
      const channels = channelsFor(chosen, kind, urgency)
      if (channels.length === 0) continue
      const noticeId = await write(platform, person.id, telling, channels.includes('portal'))
      await platform.live.publish(`person:${person.id}`, 'notices')
      for (const channel of channels)
        if (channel !== 'portal') await plan(platform, { noticeId, channel, person, chosen, urgency })
    }
  })
}

async function write(platform: Platform, personId: string, telling: Telling, listed: boolean): Promise<string> {
  const { kind, urgency, key, subjectId, about, content } = telling
  const said = {
    ...{ urgency, subject_id: subjectId, device_id: about?.deviceId ?? null, moment: about?.at ?? null },
    ...{ content: JSON.stringify(content), listed, at: platform.now(), read_at: null },
  }
  const { id } = await platform.database
    .db<NoticeTables>()
    .insertInto('notice')
    .values({ id: platform.newId(), person_id: personId, kind, key, ...said })
    .onConflict(known => known.columns(['person_id', 'key']).doUpdateSet(said))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

interface Plan {
  noticeId: string
  channel: OutsideChannel
  person: Addressee
  chosen: NoticeSettings
  urgency: Urgency
}

/** Once for each notice; what was sent an hour ago and comes again is sent again. */
async function plan(platform: Platform, { noticeId, channel, person, chosen, urgency }: Plan): Promise<void> {
  if (channel === 'sms' && (person.phone === null || !platform.sms?.offers('notice'))) return
  const now = platform.now()
  const due = ringsAt(chosen, urgency, now)
  const planned = await platform.database
    .db<NoticeTables>()
    .insertInto('notice_delivery')
    .values({ notice_id: noticeId, channel, due_at: due, state: 'waiting', settled_at: null })
    .onConflict(known =>
      known
        .columns(['notice_id', 'channel'])
        .doUpdateSet({ due_at: due, state: 'waiting', settled_at: null })
        .where(
          sql<boolean>`notice_delivery.state = 'dropped' or notice_delivery.settled_at < ${new Date(now.getTime() - again)}`,
        ),
    )
    .returning('notice_id')
    .executeTakeFirst()
  if (planned) await enqueueDelivery(platform, { personId: person.id, channel, at: due })
}
