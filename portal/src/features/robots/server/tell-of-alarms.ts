import { sql } from 'kysely'
import { z } from 'zod'
import { type Severity, severities } from '#features/alarms/core'
import { type AlarmFacts, alarmFacts } from '#features/alarms/server'
import { type OpenTo, whoSees } from '#features/devices/server'
import { floodLimits, sendingOf, sentBy } from '#features/notices/core'
import { type Language, pathIn } from '#platform/core'
import { type JobHandler, type Listener, type Platform, translate } from '#platform/server'
import { audienceOf } from './audience.ts'
import type { Message } from './messages.ts'
import type { RobotTables } from './tables.ts'
import { write } from './tell.ts'

const planJob = 'robots.plan-alarms'
const writeJob = 'robots.write-alarms'
/** ms after which a chat is told once more of an alarm that comes again and again */
const again = 3_600_000
/** machines a summary names at most */
const mostNamed = 10

/** Lays an alarm before each chat that is told of its severity, as far as its owner may be told. */
export const tellOfAlarm = (openTo: OpenTo): Listener<'alarm.raised'> => ({
  name: 'robots.tell-of-alarm',
  async handle({ data: { alarmId } }, platform) {
    const [alarm] = await alarmFacts(platform, [alarmId])
    if (!alarm) return
    const db = platform.database.db<RobotTables>()
    const { companyIds } = await whoSees(platform, alarm.deviceId, alarm.startedAt)
    const robots = await db
      .selectFrom('robot')
      .select(['id', 'company_id', 'tells', 'alarms_from'])
      .where('active', '=', true)
      .where(sql<boolean>`(company_id is null or company_id = any(${companyIds}::uuid[]))`)
      .execute()
    const wanting = robots.filter(({ tells, alarms_from }) => tells.includes('alarm') && isAsSevere(alarm.severity, alarms_from))
    const mayBeTold = audienceOf(platform, openTo)
    const at = platform.now()
    await platform.database.transaction(async () => {
      for (const robot of wanting) {
        if (!(await mayBeTold(robot.company_id, alarm))) continue
        await db
          .insertInto('robot_alarm')
          .values({ robot_id: robot.id, alarm_id: alarmId, at, state: 'waiting', settled_at: null })
          .onConflict(known =>
            known
              .columns(['robot_id', 'alarm_id'])
              .doUpdateSet({ at, state: 'waiting', settled_at: null })
              .where(sql<boolean>`robot_alarm.state = 'dropped' or robot_alarm.settled_at < ${new Date(at.getTime() - again)}`),
          )
          .execute()
        await platform.jobs.enqueue(planJob, { robotId: robot.id }, { singletonKey: robot.id })
      }
    })
  },
})

/** Where its readers find what a message tells of. */
interface Side {
  machines: string
  alarms: string
}
const house: Side = { machines: '/console/devices', alarms: '/console/alarms?state=open' }
const company: Side = { machines: '/account/machines', alarms: '/account/alarms?state=open' }

const isAsSevere = (severity: Severity, least: Severity): boolean => severities.indexOf(severity) <= severities.indexOf(least)

const task = z.object({ robotId: z.string() })

/** Decides how what waits for a chat is written: each alarm by itself, or in a flood one summary for a window. A job for each message, in the same transaction. */
export const planAlarms = (openTo: OpenTo): JobHandler => ({
  async handle(data, { platform }) {
    const { robotId } = task.parse(data)
    // another process counts what this one plans
    await sql`select pg_advisory_xact_lock(hashtextextended(${`robot ${robotId}`}, 0))`.execute(platform.database.db())
    const { due, gone } = await dueOf(platform, robotId, openTo)
    await settle(platform, robotId, gone, 'dropped')
    if (due.length === 0) return
    const sending = sendingOf(await sentLately(platform, robotId), due.length, platform.now().getTime())
    if (sending.as === 'wait') {
      await platform.jobs.enqueue(planJob, { robotId }, { runAt: new Date(sending.until) })
      return
    }
    const ids = due.map(({ id }) => id)
    const summary = sending.as === 'summary'
    for (const alarmIds of summary ? [ids] : ids.map(id => [id]))
      await platform.jobs.enqueue(writeJob, { robotId, alarmIds, summary })
    await settle(platform, robotId, due, summary ? 'bundled' : 'sent')
  },
})

const planned = task.extend({ alarmIds: z.array(z.string()), summary: z.boolean() })

/**
 * Writes one message into one chat, of what its owner may still be told. Throws where its service does not take it, so that it is tried again later. What a
 * customer's chat never takes is his matter, said at his robot, and no dead letter of the operator's.
 */
export const writeAlarms = (openTo: OpenTo): JobHandler => ({
  outside: true,
  retries: 8,
  async handle(data, { platform, lastTry }) {
    const { robotId, alarmIds, summary } = planned.parse(data)
    const robot = await platform.database
      .db<RobotTables>()
      .selectFrom('robot')
      .selectAll()
      .where('id', '=', robotId)
      .where('active', '=', true)
      .executeTakeFirst()
    if (!robot) return // gone, or quiet, since
    const alarms = await toldAmong(platform, robot.company_id, await alarmFacts(platform, alarmIds), openTo)
    const [first] = alarms
    if (!first) return // sold since, or kept back
    const side = robot.company_id === null ? house : company
    const language = platform.languages.writtenIn(robot.language)
    const message = summary ? summaryOf(platform, language, alarms, side) : messageOf(platform, language, first, side)
    const refusal = await write(platform, robot, message)
    if (refusal !== null && !(lastTry && robot.company_id !== null))
      throw new Error(`The chat's service did not take the message: ${refusal}`)
  },
})

/** What waits for the chat, and what of it nobody need be told any more. */
async function dueOf(platform: Platform, robotId: string, openTo: OpenTo): Promise<{ due: AlarmFacts[]; gone: AlarmFacts[] }> {
  const rows = await platform.database
    .db<RobotTables>()
    .selectFrom('robot_alarm as w')
    .innerJoin('robot as r', 'r.id', 'w.robot_id')
    .select(['w.alarm_id', 'r.company_id'])
    .where('w.robot_id', '=', robotId)
    .where('w.state', '=', 'waiting')
    .orderBy('w.at')
    .limit(1000)
    .execute()
  const alarms = await alarmFacts(
    platform,
    rows.map(({ alarm_id }) => alarm_id),
  )
  const unanswered = alarms.filter(alarm => alarm.unanswered)
  const due = await toldAmong(platform, rows[0]?.company_id ?? null, unanswered, openTo)
  return { due, gone: alarms.filter(alarm => !due.includes(alarm)) }
}

async function toldAmong(
  platform: Platform,
  companyId: string | null,
  alarms: readonly AlarmFacts[],
  openTo: OpenTo,
): Promise<AlarmFacts[]> {
  const mayBeTold = audienceOf(platform, openTo)
  const told: AlarmFacts[] = []
  for (const alarm of alarms) if (await mayBeTold(companyId, alarm)) told.push(alarm)
  return told
}

async function sentLately({ database, now }: Platform, robotId: string) {
  const rows = await database
    .db<RobotTables>()
    .selectFrom('robot_alarm')
    .select(['state', 'settled_at'])
    .where('robot_id', '=', robotId)
    .where('state', 'in', ['sent', 'bundled'])
    .where('settled_at', '>', new Date(now().getTime() - floodLimits.windowMs))
    .execute()
  return sentBy(rows)
}

async function settle(
  { database, now }: Platform,
  robotId: string,
  alarms: readonly AlarmFacts[],
  state: 'sent' | 'bundled' | 'dropped',
): Promise<void> {
  if (alarms.length === 0) return
  await database
    .db<RobotTables>()
    .updateTable('robot_alarm')
    .set({ state, settled_at: now() })
    .where('robot_id', '=', robotId)
    .where(
      'alarm_id',
      'in',
      alarms.map(({ id }) => id),
    )
    .execute()
}

function messageOf(platform: Platform, language: Language, alarm: AlarmFacts, side: Side): Message {
  const say = (key: string, values = {}) => translate(language, `robots:message.${key}`, values)
  const severity = translate(language, `alarms:severity.${alarm.severity}`)
  return {
    title: say('alarm', { severity, name: alarm.name[language] }),
    lines: [
      say('machine', { machine: alarm.machine }),
      ...(alarm.message[language] ? [alarm.message[language]] : []),
      ...(alarm.remedy[language] ? [say('remedy', { remedy: alarm.remedy[language] })] : []),
    ],
    link: linkTo(platform, language, `${side.machines}/${alarm.deviceId}/alarms/${alarm.id}`, say('openAlarm')),
  }
}

function summaryOf(platform: Platform, language: Language, alarms: readonly AlarmFacts[], side: Side): Message {
  const say = (key: string, values = {}) => translate(language, `robots:message.${key}`, values)
  const machines = [...Map.groupBy(alarms, ({ machine }) => machine)].toSorted(([, a], [, b]) => b.length - a.length)
  return {
    title: say('flood', { count: alarms.length, machines: machines.length }),
    lines: machines.slice(0, mostNamed).map(([machine, of]) => say('floodLine', { machine, count: of.length })),
    link: linkTo(platform, language, side.alarms, say('openAlarms')),
  }
}

const linkTo = ({ config }: Platform, language: Language, path: string, text: string): Message['link'] => ({
  text,
  url: new URL(pathIn(language, path), config.publicUrl).href,
})
