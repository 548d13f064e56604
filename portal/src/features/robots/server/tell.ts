import { sql } from 'kysely'
import { z } from 'zod'
import { leadFacts } from '#features/sales/server'
import { formatMoney, pathIn } from '#platform/core'
import {
  type Account,
  createOutgoing,
  type JobHandler,
  type Listener,
  mayCallPrivate,
  type Platform,
  translate,
} from '#platform/server'
import { type Message, refusalIn, robotCall } from './messages.ts'
import { findRobot } from './robots.ts'
import type { RobotRow, RobotTables } from './tables.ts'

/** A job for each chat: one that is out of reach keeps no other waiting. */
export const tellOfLead: Listener<'lead.opened'> = {
  name: 'robots.tell-of-lead',
  async handle({ data: { leadId } }, platform) {
    const robots = await platform.database
      .db<RobotTables>()
      .selectFrom('robot')
      .select('id')
      .where('company_id', 'is', null)
      .where('active', '=', true)
      .where(tellsOfLeads)
      .execute()
    await platform.database.transaction(async () => {
      for (const { id } of robots) {
        await platform.jobs.enqueue('robots.tell', { robotId: id, leadId }, { singletonKey: `${id} ${leadId}` })
      }
    })
  },
}

const tellsOfLeads = sql<boolean>`'lead' = any(tells)`

const task = z.object({ robotId: z.string(), leadId: z.string() })

/** Writes into one chat. Throws where its service does not take the message, so that it is tried again later. */
export const tell: JobHandler = {
  outside: true,
  retries: 8,
  async handle(data, { platform }) {
    const { robotId, leadId } = task.parse(data)
    const robot = await platform.database
      .db<RobotTables>()
      .selectFrom('robot')
      .selectAll()
      .where('id', '=', robotId)
      .where('active', '=', true)
      .executeTakeFirst()
    const lead = await leadFacts(platform, leadId)
    if (!robot || !lead) return // gone, or quiet, since
    const language = platform.languages.writtenIn(robot.language)
    const say = (key: string, values = {}) => translate(language, `robots:message.${key}`, values)
    const refusal = await write(platform, robot, {
      title: say('lead', { number: lead.number }),
      lines: [
        say('product', { product: lead.product[language] }),
        say('amount', { amount: lead.net === null ? say('onRequest') : formatMoney(lead.net, lead.currency, language) }),
        ...(lead.callBack
          ? [say('callBack', { time: translate(language, `sales:inquiry.callBackTimes.${lead.callBack}`) })]
          : []),
      ],
      link: { text: say('open'), url: new URL(pathIn(language, lead.path), platform.config.publicUrl).href },
    })
    if (refusal !== null) throw new Error(`The chat's service did not take the message: ${refusal}`)
  },
}

/** A test message. What the service says stands at the robot afterwards. */
export async function tryRobot(platform: Platform, actor: Account, robotId: string): Promise<RobotRow> {
  const robot = await findRobot(platform, actor, robotId)
  const language = platform.languages.writtenIn(robot.language)
  const say = (key: string) => translate(language, `robots:message.${key}`)
  const house = robot.company_id === null
  await write(platform, robot, {
    title: say('trial'),
    lines: [say(house ? 'trialText' : 'trialTextOwn')],
    link: {
      text: say(house ? 'openConsole' : 'openMachines'),
      url: new URL(pathIn(language, house ? '/console' : '/account/machines'), platform.config.publicUrl).href,
    },
  })
  return findRobot(platform, actor, robotId)
}

/** Sends, and notes what came of it. Answers the service's words where it refuses, or why it could not be reached; null: taken. */
export async function write(platform: Platform, robot: RobotRow, message: Message): Promise<string | null> {
  const { vault, config, database } = platform
  const call = robotCall(
    {
      kind: robot.kind,
      address: await vault.open(robot.address, 'robot.address'),
      secret: robot.secret === null ? null : await vault.open(robot.secret, 'robot.secret'),
    },
    message,
    platform.now(),
  )
  const refusal = config.catchRobots ? null : await send(platform, robot, call)
  const at = platform.now()
  await database
    .db<RobotTables>()
    .updateTable('robot')
    .set(refusal === null ? { told_at: at, failure: null, failed_at: null } : { failure: refusal, failed_at: at })
    .$if(config.catchRobots, query => query.set({ caught: [message.title, ...message.lines, message.link.url].join('\n') }))
    .where('id', '=', robot.id)
    .execute()
  return refusal
}

async function send(
  { config }: Platform,
  { kind, company_id: companyId }: RobotRow,
  { url, body }: { url: string; body: string },
): Promise<string | null> {
  try {
    const answer = await createOutgoing({ allowPrivate: mayCallPrivate(config, companyId) })(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      mostBytes: 10_000,
    })
    return refusalIn(kind, answer.status, answer.body.toString())
  } catch (error) {
    return String((error as Error).message)
      .slice(0, 300)
      .replaceAll(url, new URL(url).host) // the address opens the chat
  }
}
