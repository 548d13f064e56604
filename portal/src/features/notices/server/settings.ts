import type { Selectable } from 'kysely'
import { addressees, signedIn } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { demandVersion, type Platform, type RequestContext } from '#platform/server'
import { type NoticeSettings, type NoticeSettingsView, usualSettings } from '../core/index.ts'
import type { NoticeTables } from './tables.ts'

/** How people want to be told, by id: as they chose, or as it is usual for their side. */
export async function settingsOf(
  { database }: Platform,
  people: readonly { id: string; side: 'staff' | 'customer' }[],
): Promise<Map<string, NoticeSettings>> {
  if (people.length === 0) return new Map()
  const ids = people.map(({ id }) => id)
  const [rows, { timeZone }] = await Promise.all([
    database.db<NoticeTables>().selectFrom('notice_settings').selectAll().where('person_id', 'in', ids).execute(),
    readManufacturer(database),
  ])
  const chosen = new Map(rows.map(row => [row.person_id, settingsIn(row)]))
  return new Map(people.map(({ id, side }) => [id, chosen.get(id) ?? usualSettings(side, timeZone)]))
}

/** The reader's own, with their version. */
export async function readMySettings(context: RequestContext): Promise<{ value: NoticeSettingsView; etag: string }> {
  const { platform } = context
  const { id, kind } = signedIn(context)
  const [settings, row, [person]] = await Promise.all([
    settingsOf(platform, [{ id, side: kind }]),
    findRow(platform, id),
    addressees(platform, { ids: [id] }),
  ])
  const sms = platform.sms?.offers('notice') ? (person?.phone ? 'ready' : 'no-phone') : 'none'
  return { value: { ...shown(settings.get(id)!), sms }, etag: String(row?.revision ?? 0) }
}

export async function changeMySettings(context: RequestContext, fields: NoticeSettings, revision: string): Promise<void> {
  const { database, now } = context.platform
  const { id } = signedIn(context)
  await database.transaction(async () => {
    const before = (await findRow(context.platform, id, true))?.revision ?? 0
    demandVersion(revision, before)
    const row = {
      ...{ channels: JSON.stringify(fields.channels), kinds: [...fields.kinds], zone: fields.zone },
      ...{ quiet_from: fields.quiet?.from ?? null, quiet_until: fields.quiet?.until ?? null },
      ...{ revision: before + 1, updated_at: now() },
    }
    await database
      .db<NoticeTables>()
      .insertInto('notice_settings')
      .values({ person_id: id, ...row })
      .onConflict(known => known.column('person_id').doUpdateSet(row))
      .execute()
  })
}

const findRow = ({ database }: Platform, personId: string, lock = false) =>
  database
    .db<NoticeTables>()
    .selectFrom('notice_settings')
    .selectAll()
    .where('person_id', '=', personId)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()

const settingsIn = (row: Selectable<NoticeTables['notice_settings']>): NoticeSettings => ({
  ...{ channels: row.channels, kinds: row.kinds, zone: row.zone },
  quiet: row.quiet_from !== null && row.quiet_until !== null ? { from: row.quiet_from, until: row.quiet_until } : null,
})

const shown = ({ channels, kinds, quiet, zone }: NoticeSettings) => ({
  channels: {
    ...{ critical: [...channels.critical], high: [...channels.high] },
    ...{ medium: [...channels.medium], low: [...channels.low] },
  },
  ...{ kinds: [...kinds], quiet, zone },
})
