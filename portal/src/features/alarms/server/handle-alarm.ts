import { listStaff, signedIn } from '#features/accounts/server'
import type { OpenTo } from '#features/devices/server'
import { conflict, invalid, type Platform, type RequestContext } from '#platform/server'
import { type AlarmAction, type AlarmMove, isOpen, moveAlarm } from '../core/index.ts'
import type { AlarmRow } from './present-alarms.ts'
import { findAlarm, noSuchAlarm } from './read-alarm.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms, writeEntry } from './write-entry.ts'

/** What somebody does about an alarm of a machine that is his now. 409 where it does not stand so that this could be done. */
export async function handleAlarm(context: RequestContext, alarmId: string, action: AlarmAction, openTo: OpenTo): Promise<void> {
  const { platform } = context
  const { present } = await findAlarm(context, alarmId, openTo)
  if (!present) throw noSuchAlarm()
  await platform.database.transaction(async () => {
    const db = platform.database.db<AlarmTables>()
    await db.selectFrom('alarm').select('id').where('id', '=', alarmId).forUpdate().execute()
    const { row } = await findAlarm(context, alarmId, openTo)
    await handlers[action.do]({ context, platform, row, authorId: signedIn(context).id, at: platform.now() }, action as never)
    await tellOfAlarms(platform, row.device_id)
  })
}

interface Task {
  context: RequestContext
  platform: Platform
  row: AlarmRow
  authorId: string
  at: Date
}

const handlers: { [Do in AlarmAction['do']]: (task: Task, action: Extract<AlarmAction, { do: Do }>) => Promise<void> } = {
  async acknowledge({ platform, row, authorId, at }) {
    await set(platform, row, { ...move(row, 'acknowledge'), acknowledged_at: at, acknowledged_by: authorId })
    await writeEntry(platform, { alarmId: row.id, kind: 'acknowledged', at, authorId })
    await platform.record('alarm.acknowledged', { alarmId: row.id, deviceId: row.device_id })
  },
  async comment({ platform, row, authorId, at }, { text }) {
    await writeEntry(platform, { alarmId: row.id, kind: 'commented', at, authorId, note: text })
  },
  async shelve({ platform, row, authorId, at }, { until }) {
    const end = new Date(until)
    if (end <= at || end.getTime() > at.getTime() + longest) throw noShelf(until)
    await set(platform, row, { ...move(row, 'shelve'), shelved_until: end })
    await writeEntry(platform, { alarmId: row.id, kind: 'shelved', at, authorId, until: end })
  },
  async resume({ platform, row, authorId }) {
    if (row.state !== 'shelved') throw noMove(row)
    await resume(platform, row, authorId)
  },
  async judge({ platform, row, authorId, at }, { verdict }) {
    await set(platform, row, { verdict, judged_at: at, judged_by: authorId })
    await writeEntry(platform, { alarmId: row.id, kind: 'judged', at, authorId })
    await platform.record('alarm.judged', { alarmId: row.id, deviceId: row.device_id, verdict })
  },
  async assign({ context, platform, row, authorId, at }, { to }) {
    if (context.account?.kind !== 'staff') throw noColleague(to)
    if (to !== null && !(await listStaff(platform, 'alarm.handle')).some(({ id }) => id === to)) throw noColleague(to)
    await set(platform, row, { assignee_id: to })
    await writeEntry(platform, { alarmId: row.id, kind: 'assigned', at, authorId })
  },
}

/** A shelved or suppressed alarm is looked at again: it waits for somebody, or it is over. authorId: null where its time is up */
export async function resume(
  platform: Platform,
  row: Pick<AlarmRow, 'id' | 'device_id' | 'state' | 'active'>,
  authorId: string | null,
): Promise<void> {
  const at = platform.now()
  await set(platform, row, {
    ...move(row, row.active ? 'resume-active' : 'resume-returned'),
    ...{ shelved_until: null, noticed_at: at, escalated_at: null },
  })
  await writeEntry(platform, { alarmId: row.id, kind: 'resumed', at, authorId })
  // whoever resumes one himself knows of it
  if (row.active && (row.state === 'suppressed' || authorId === null))
    await platform.record('alarm.raised', { alarmId: row.id, deviceId: row.device_id })
}

/** A month: what is put aside for longer is forgotten. */
const longest = 31 * 86_400_000

const move = (row: Pick<AlarmRow, 'state'>, made: AlarmMove) => {
  const state = moveAlarm(row.state, made)
  if (state === null) throw noMove(row)
  return { state }
}

const set = ({ database }: Platform, { id }: { id: string }, values: Partial<Omit<AlarmRow, 'readings'>>) =>
  database.db<AlarmTables>().updateTable('alarm').set(values).where('id', '=', id).execute()

const noMove = ({ state }: Pick<AlarmRow, 'state'>) =>
  conflict(
    'alarm-move',
    isOpen(state)
      ? { 'zh-CN': '报警当前的状态不允许这一步。', en: 'The alarm does not stand so that this could be done.' }
      : { 'zh-CN': '报警已结束。', en: 'The alarm is over.' },
    { 'zh-CN': '请刷新页面查看最新状态。', en: 'Load the page again to see how it stands.' },
  )

const noShelf = (value: string) =>
  invalid([
    {
      field: '/until',
      value,
      message: { 'zh-CN': '搁置时间须在未来 31 天内。', en: 'An alarm can be put aside for 31 days at most, from now on.' },
      remedy: { 'zh-CN': '请选择较近的时间。', en: 'Choose a nearer time.' },
    },
  ])

const noColleague = (value: string | null) =>
  invalid([
    {
      field: '/to',
      value: value ?? '',
      message: { 'zh-CN': '没有可以处理报警的这位同事。', en: 'There is no such colleague who handles alarms.' },
      remedy: { 'zh-CN': '请从列表中选择。', en: 'Choose one of the list.' },
    },
  ])
