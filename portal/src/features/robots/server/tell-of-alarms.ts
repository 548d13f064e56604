import { sql } from 'kysely'
import { z } from 'zod'
import { isToldOf, type Severity, severities } from '#features/alarms/core'
import { type AlarmFacts, alarmFacts } from '#features/alarms/server'
import { whoSees } from '#features/devices/server'
import { floodLimits, sendingOf, sentBy } from '#features/notices/core'
import { type Language, pathIn } from '#platform/core'
import { type JobHandler, type Listener, type Platform, translate } from '#platform/server'
import type { Message } from './messages.ts'
import type { RobotTables } from './tables.ts'
import { write } from './tell.ts'

const planJob = 'robots.plan-alarms'
const writeJob = 'robots.write-alarms'
/** ms after which a chat is told once more of an alarm that comes again and again */
const again = 3_600_000
/** machines a summary names at most */
const mostNamed = 10

/** Chats that are told of alarms of this severity. The house’s own people read them: what owners keep from the manufacturer is not told, nor are alarms of a company’s own rule that does not tell him. */
export const tellOfAlarm: Listener<'alarm.raised'> = {
  name: 'robots.tell-of-alarm',
  async handle({ data: { alarmId } }, platform) {
    const [alarm] = await alarmFacts(platform, [alarmId])
    if (!alarm || !isToldOf(alarm.own, null)) return
    if (!(await whoSees(platform, alarm.deviceId, alarm.startedAt)).manufacturer) return
    const db = platform.database.db<RobotTables>()
    const robots = await db.selectFrom('robot').selectAll().where('active', '=', true).execute()
    const at = platform.now()
    await platform.database.transaction(async () => {
      for (const robot of robots) {
        if (!robot.tells.includes('alarm') || !isAsSevere(alarm.severity, robot.alarms_from)) continue
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
}

const isAsSevere = (severity: Severity, least: Severity): boolean => severities.indexOf(severity) <= severities.indexOf(least)

const task = z.object({ robotId: z.string() })

/** Decides how what waits for a chat is written: each alarm by itself, or in a flood one summary for a window. A job for each message, in the same transaction. */
export const planAlarms: JobHandler = {
  async handle(data, { platform }) {
    const { robotId } = task.parse(data)
    // another process counts what this one plans
    await sql`select pg_advisory_xact_lock(hashtextextended(${`robot ${robotId}`}, 0))`.execute(platform.database.db())
    const { due, gone } = await dueOf(platform, robotId)
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
}

const planned = task.extend({ alarmIds: z.array(z.string()), summary: z.boolean() })

/** Writes one message into one chat. Throws where its service does not take it, so that it is tried again later. */
export const writeAlarms: JobHandler = {
  outside: true,
  retries: 8,
  async handle(data, { platform }) {
    const { robotId, alarmIds, summary } = planned.parse(data)
    const robot = await platform.database
      .db<RobotTables>()
      .selectFrom('robot')
      .selectAll()
      .where('id', '=', robotId)
      .where('active', '=', true)
      .executeTakeFirst()
    const alarms = await alarmFacts(platform, alarmIds)
    const [first] = alarms
    if (!robot || !first) return // gone, or quiet, since
    const language = platform.languages.writtenIn(robot.language)
    const message = summary ? summaryOf(platform, language, alarms) : messageOf(platform, language, first)
    const refusal = await write(platform, robot, message)
    if (refusal !== null) throw new Error(`The chat's service did not take the message: ${refusal}`)
  },
}

/** What waits for the chat, and what of it nobody need be told any more. */
async function dueOf(platform: Platform, robotId: string): Promise<{ due: AlarmFacts[]; gone: AlarmFacts[] }> {
  const rows = await platform.database
    .db<RobotTables>()
    .selectFrom('robot_alarm')
    .select('alarm_id')
    .where('robot_id', '=', robotId)
    .where('state', '=', 'waiting')
    .orderBy('at')
    .limit(1000)
    .execute()
  const alarms = await alarmFacts(
    platform,
    rows.map(({ alarm_id }) => alarm_id),
  )
  const { due = [], gone = [] } = Object.groupBy(alarms, ({ unanswered }) => (unanswered ? 'due' : 'gone'))
  return { due, gone }
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

function messageOf(platform: Platform, language: Language, alarm: AlarmFacts): Message {
  const say = (key: string, values = {}) => translate(language, `robots:message.${key}`, values)
  const severity = translate(language, `alarms:severity.${alarm.severity}`)
  return {
    title: say('alarm', { severity, name: alarm.name[language] }),
    lines: [
      say('machine', { machine: alarm.machine }),
      ...(alarm.message[language] ? [alarm.message[language]] : []),
      ...(alarm.remedy[language] ? [say('remedy', { remedy: alarm.remedy[language] })] : []),
    ],
    link: linkTo(platform, language, `/console/devices/${alarm.deviceId}/alarms/${alarm.id}`, say('openAlarm')),
  }
}

function summaryOf(platform: Platform, language: Language, alarms: readonly AlarmFacts[]): Message {
  const say = (key: string, values = {}) => translate(language, `robots:message.${key}`, values)
  const machines = [...Map.groupBy(alarms, ({ machine }) => machine)].toSorted(([, a], [, b]) => b.length - a.length)
  return {
    title: say('flood', { count: alarms.length, machines: machines.length }),
    lines: machines.slice(0, mostNamed).map(([machine, of]) => say('floodLine', { machine, count: of.length })),
    link: linkTo(platform, language, '/console/alarms?state=open', say('openAlarms')),
  }
}

const linkTo = ({ config }: Platform, language: Language, path: string, text: string): Message['link'] => ({
  text,
  url: new URL(pathIn(language, path), config.publicUrl).href,
})
