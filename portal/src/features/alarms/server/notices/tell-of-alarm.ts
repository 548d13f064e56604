import type { Addressee } from '#features/accounts/server'
import { componentsOfDevices, type OpenTo, openToAll } from '#features/devices/server'
import type { NoticeContent, NoticeKind } from '#features/notices/core'
import { peopleWhoSee, tell } from '#features/notices/server'
import { type Language, type LocalizedText, languages } from '#platform/core'
import { type Listener, type Platform, translate } from '#platform/server'
import { isByRule, isToldOf } from '../../core/index.ts'
import { type AlarmRow, ownRuleOf } from '../present-alarms.ts'
import type { AlarmReads, AlarmTables } from '../tables.ts'

/** Whoever may see an alarm is told that it was raised; of one by a company's own rule, whom that names. openTo: to whom what was found by other ways than rules is told */
export const tellOfRaise = (openTo: OpenTo): Listener<'alarm.raised'> => ({
  name: 'alarms.tell-of-raise',
  handle: ({ data }, platform) => tellOf(platform, data.alarmId, 'alarm', openTo),
})

/** And that it is over, who wants to know that. */
export const tellOfClear = (openTo: OpenTo): Listener<'alarm.cleared'> => ({
  name: 'alarms.tell-of-clear',
  handle: ({ data }, platform) => tellOf(platform, data.alarmId, 'alarm-over', openTo),
})

async function tellOf(platform: Platform, alarmId: string, kind: NoticeKind, openTo: OpenTo): Promise<void> {
  const row = await rowOf(platform, alarmId)
  if (!row) return
  const about = { deviceId: row.device_id, at: row.started_at }
  const people = await peopleWhoSee(platform, about, isByRule(row.source) ? openToAll : openTo)
  const own = ownRuleOf(row)
  await tellPeople(
    platform,
    row,
    kind,
    people.filter(person => isToldOf(own, sideOf(person))),
  )
}

/** Id of his company; null: the manufacturer's. */
export const sideOf = ({ side, companyId }: Addressee): string | null => (side === 'staff' ? null : companyId)

/** Tells people of an alarm who may see it. */
export async function tellPeople(
  platform: Platform,
  row: AlarmRow,
  kind: NoticeKind,
  to: Awaited<ReturnType<typeof peopleWhoSee>>,
): Promise<void> {
  await tell(platform, {
    ...{ kind, urgency: row.severity, key: `${kind}:${row.id}`, subjectId: row.id, to },
    ...{ about: { deviceId: row.device_id, at: row.started_at }, content: await contentOf(platform, row) },
  })
}

export const rowOf = ({ database }: Platform, alarmId: string): Promise<AlarmRow | undefined> =>
  database
    .db<AlarmReads>()
    .selectFrom('alarm as a')
    .innerJoin('device as d', 'd.id', 'a.device_id')
    .selectAll('a')
    .select(['d.serial', 'd.model'])
    .where('a.id', '=', alarmId)
    .executeTakeFirst()

async function contentOf({ database }: Platform, row: AlarmRow): Promise<NoticeContent> {
  const components = (await componentsOfDevices(database, [row.device_id])).get(row.device_id) ?? []
  const component = components.find(({ key }) => key === row.component)?.name ?? null
  const fact = (key: string, value: LocalizedText | null) =>
    value?.['zh-CN'] ? [{ label: both(language => translate(language, `alarms:${key}`)), value }] : []
  const where = `${row.model} ${row.serial}`
  return {
    ...{ title: { 'zh-CN': row.name_zh, en: row.name_en }, where, text: { 'zh-CN': row.message_zh, en: row.message_en } },
    facts: [
      ...fact(
        'machine',
        both(() => where),
      ),
      ...fact('component', component),
      ...fact(
        'severityTitle',
        both(language => translate(language, `alarms:severity.${row.severity}`)),
      ),
      ...fact('faultCode', row.fault_code === null ? null : both(() => row.fault_code!)),
      ...fact('cause', { 'zh-CN': row.cause_zh, en: row.cause_en }),
      ...fact('remedy', { 'zh-CN': row.remedy_zh, en: row.remedy_en }),
    ],
    happenedAt: row.raised_at.toISOString(),
    paths: {
      customer: `/account/machines/${row.device_id}/alarms/${row.id}`,
      staff: `/console/devices/${row.device_id}/alarms/${row.id}`,
    },
  }
}

const both = (say: (language: Language) => string): LocalizedText =>
  Object.fromEntries(languages.map(language => [language, say(language)])) as unknown as LocalizedText

/** Of these alarms those that still wait for somebody: neither acknowledged, nor put aside, nor over. */
export async function unanswered({ database }: Platform, alarmIds: readonly string[]): Promise<Set<string>> {
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .select('id')
    .where('id', 'in', alarmIds)
    .where('state', '=', 'unacknowledged')
    .execute()
  return new Set(rows.map(({ id }) => id))
}
