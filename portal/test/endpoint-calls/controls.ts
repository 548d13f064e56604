import { claimDevice, createDevice, issueClaimCode } from '#features/devices/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { keptType } from './kept-type.ts'

const settings = { call: async (world: World) => ({ params: await ownDevice(world), body: { values: { interval: 10 } } }) }
const command = { call: async (world: World) => ({ params: await ownDevice(world), body: { command: 'self_test' } }) }
const read = { call: async (world: World) => ({ params: await ownDevice(world) }) }

export const controlsCalls: Record<string, Call> = {
  'controls.getMyControls': { ...read, rows: 'company' },
  'controls.changeMySettings': { ...settings, rows: 'company' },
  'controls.giveMyCommand': { ...command, rows: 'company' },
  'controls.getControls': read,
  'controls.changeSettings': settings,
  'controls.giveCommand': command,
}

/** A machine that the company has claimed, of a type with a setting and a command. */
async function ownDevice(world: World): Promise<{ deviceId: string }> {
  const service = await world.api('service')
  const unlike = crypto.randomUUID().replaceAll('-', '')
  const name = { 'zh-CN': '名称', en: 'Name' }
  const typeId = await keptType(world, 'controls', {
    settings: [{ key: 'interval', name, kind: 'number', min: 1, max: 60, by: 'operator' }],
    commands: [{ key: 'self_test', name, by: 'operator' }],
  })
  const { id } = await service.call(createDevice, { body: { serial: unlike, model: 'TM-1', typeId } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return { deviceId: id }
}
