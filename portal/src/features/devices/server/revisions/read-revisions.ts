import { sql } from 'kysely'
import type { Database, Platform } from '#platform/server'
import {
  type DeviceReader,
  type Holding,
  type ReportedRevisions,
  type RevisionWord,
  revisionFor,
  visibleTo,
} from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** What a machine reports of its revisions, as far as a reader may see that. holdings: all of the machine */
export async function reportedTo(
  { database, now }: Pick<Platform, 'database' | 'now'>,
  deviceId: string,
  reader: DeviceReader,
  holdings: readonly Holding[],
): Promise<ReportedRevisions> {
  const rows = await changesOf(database, deviceId)
  const spans = visibleTo(reader, holdings)
  const of = (word: RevisionWord) => {
    const told = revisionFor(
      rows.filter(row => row.word === word),
      spans,
      now(),
    )
    return told && { value: told.revision, since: told.since?.toISOString() ?? null }
  }
  return { hardwareRevision: of('hardwareRevision'), softwareRevision: of('softwareRevision') }
}

const changesOf = (database: Database, deviceId: string) =>
  database
    .db<DeviceTables>()
    .selectFrom('device_revision')
    .select(['word', 'revision', 'reported_at as at'])
    .where('device_id', '=', deviceId)
    .orderBy('reported_at')
    .orderBy('id')
    .execute()

/** Something of a machine became another revision, as it said itself. */
export interface RevisionMark {
  id: string
  word: RevisionWord
  before: string
  revision: string
  at: Date
}

/** What was updated at a machine in a time, latest first, 500 at most; the first it ever said is no update. Whoever shows it asks `visibleIntervals` of `at`. */
export async function updatesDuring(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<RevisionMark[]> {
  const { rows } = await sql<RevisionMark>`
    select id, word, before, revision, reported_at as at from (
      select *, lag(revision) over (partition by word order by reported_at, id) as before
      from device_revision where device_id = ${deviceId}) changed
    where before is not null and reported_at >= ${from} and reported_at < ${until}
    order by reported_at desc limit 500`.execute(database.db<DeviceTables>())
  return rows
}
