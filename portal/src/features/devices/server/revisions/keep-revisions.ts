import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import { type Revisions, type RevisionWord, revisionWords } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfDevice } from '../tell.ts'

/** What one message says. */
interface Said {
  deviceId: string
  receivedAt: Date
  revisions: Revisions
}

/** Changes of one machine that are written down within a day; no machine is updated so often, and what says so is broken. */
const mostInADay = 20

/**
 * Writes down what machines say of their revisions where it is not what they said last, with an entry in the audit log. Of one machine in one batch the last
 * counts. A machine says the same with each connection, so that nothing is written for most of what comes.
 */
export async function keepRevisions(platform: Platform, said: readonly Said[]): Promise<void> {
  const last = new Map<string, Said>()
  for (const one of said)
    last.set(one.deviceId, { ...one, revisions: { ...last.get(one.deviceId)?.revisions, ...one.revisions } })
  const changed = await changedAmong(platform, [...last.values()])
  if (changed.length === 0) return
  const { database } = platform
  await database.transaction(async () => {
    // whoever says the same by another portal waits, and then finds it written
    await sql`select from device where id = any(${changed.map(({ deviceId }) => deviceId)}::uuid[]) order by id for no key update`.execute(
      database.db(),
    )
    for (const one of await changedAmong(platform, changed)) await write(platform, one)
  })
}

interface Change extends Said {
  before: Revisions
  /** changes of its last day */
  lately: number
}

/** Which of them say something new; of machines that are in the register. */
async function changedAmong({ database }: Platform, said: readonly Said[]): Promise<Change[]> {
  if (said.length === 0) return []
  const known = await sql<{ id: string; before: Revisions; lately: number }>`
    select d.id,
      coalesce((select jsonb_object_agg(word, revision) from (
        select distinct on (word) word, revision from device_revision where device_id = d.id order by word, reported_at desc, id desc
      ) last), '{}') as before,
      (select count(*)::int from device_revision where device_id = d.id and reported_at > now() - interval '1 day') as lately
    from device d where d.id = any(${said.map(({ deviceId }) => deviceId)}::uuid[])`.execute(database.db<DeviceTables>())
  const byDevice = new Map(known.rows.map(row => [row.id, row]))
  return said.flatMap(one => {
    const row = byDevice.get(one.deviceId)
    if (!row || !revisionWords.some(word => isNew(word, row.before, one.revisions))) return []
    return [{ ...one, before: row.before, lately: row.lately }]
  })
}

const isNew = (word: RevisionWord, before: Revisions, now: Revisions): boolean =>
  now[word] !== undefined && now[word] !== before[word]

async function write(platform: Platform, { deviceId, receivedAt, revisions, before, lately }: Change): Promise<void> {
  const words = revisionWords.filter(word => isNew(word, before, revisions))
  if (lately + words.length > mostInADay) {
    platform.broker.refuse(deviceId, 'too-many-changes')
    return
  }
  const rows = words.map(word => ({
    ...{ id: platform.newId(), device_id: deviceId, word, revision: revisions[word]! },
    reported_at: receivedAt,
  }))
  await platform.database.db<DeviceTables>().insertInto('device_revision').values(rows).execute()
  await platform.audit.write({
    action: 'device.revision-reported',
    target: { kind: 'device', id: deviceId },
    before: Object.fromEntries(words.flatMap(word => (before[word] === undefined ? [] : [[word, before[word]]]))),
    after: Object.fromEntries(words.map(word => [word, revisions[word]])),
  })
  await tellOfDevice(platform, deviceId)
}
