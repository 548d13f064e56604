import { type Command, type Controller, refusalOf } from '#features/devices/core'
import { type Account, type ConfirmedAct, invalid, type LocalizedFieldError, notFound, type Platform } from '#platform/server'
import { mayControl, type Order } from '../core/index.ts'
import { noSuchValue } from './refused-values.ts'
import { type Standing, standingOf } from './standing.ts'
import type { ControlTables } from './tables.ts'
import { sendCommands } from './tell-machine.ts'
import { tellPages } from './tell-pages.ts'

/** Until when a machine may begin with it. */
const expiresAfter = 5 * 60_000

/** What has to be confirmed of a command; null where it can do no harm. */
export async function describeCommand(
  platform: Platform,
  account: Account,
  deviceId: string,
  order: Order,
): Promise<ConfirmedAct | null> {
  const { name, confirm } = demandCommand(await standingOf(platform, account, deviceId), order)
  if (!confirm) return null
  return { target: deviceId, what: { 'zh-CN': `向机器下达指令：${name['zh-CN']}`, en: `Tell the machine: ${name.en}` } }
}

/** Tells a machine to do something; where it is away, it hears of it when it comes back in time. */
export async function giveOrder(platform: Platform, account: Account, deviceId: string, order: Order): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const standing = await standingOf(platform, account, deviceId)
    demandCommand(standing, order)
    const [id, now] = [platform.newId(), platform.now()]
    await database
      .db<ControlTables>()
      .insertInto('machine_command')
      .values({
        ...{ id, device_id: deviceId, key: order.command, parameters: JSON.stringify(order.parameters) },
        ...{ asked_as: standing.party as Controller, company_id: account.companyId, asked_by: account.id, asked_at: now },
        ...{
          expires_at: new Date(now.getTime() + expiresAfter),
          state: 'waiting',
          reason: null,
          settled_at: null,
          told_at: null,
        },
      })
      .execute()
    await platform.audit.write({
      action: 'device.command-given',
      target: { kind: 'device', id: deviceId },
      after: { commandId: id, command: order.command, ...order.parameters },
    })
    await tellPages(platform, [deviceId])
    database.afterCommit(() => void sendCommands(platform, deviceId))
  })
}

function demandCommand({ party, controls }: Standing, { command: key, parameters }: Order): Command {
  const command = controls.commands.find(one => one.key === key)
  if (party === null || !command || !mayControl(command.by, party)) throw notFound({ 'zh-CN': '机器指令', en: 'command' })
  const unknown = Object.keys(parameters).filter(name => !command.parameters.some(one => one.key === name))
  const errors: LocalizedFieldError[] = unknown.map(noParameter)
  for (const parameter of command.parameters) {
    const refusal = refusalOf(parameter, parameters[parameter.key])
    if (refusal) errors.push(noSuchValue(`/parameters/${parameter.key}`, parameter, parameters[parameter.key], refusal))
  }
  if (errors.length > 0) throw invalid(errors)
  return command
}

const noParameter = (name: string): LocalizedFieldError => ({
  field: `/parameters/${name}`,
  value: name,
  message: { 'zh-CN': '指令没有这个参数。', en: 'The command has no such parameter.' },
  remedy: { 'zh-CN': '请去掉它。', en: 'Leave it out.' },
})
