import { createAlarmRule, getAlarmRule, planMaintenance, type RuleFields } from '#features/alarms/core'
import { raiseAlarm } from '#features/alarms/server'
import { claimDevice, createDevice, issueClaimCode } from '#features/devices/core'
import type { World } from '../two-companies.ts'
import type { Call, Caller } from './call.ts'
import { keptType } from './kept-type.ts'

export const alarmsCalls: Record<string, Call> = {
  'alarms.listAlarms': {
    async call(world) {
      await openAlarm(world)
      return { query: { q: world.own.name } }
    },
    shows: ({ items }, { name }) => items.some((item: { device: { model: string } }) => item.device.model === name),
  },
  'alarms.getAlarmPerformance': { call: async world => ({ query: { deviceId: await ownDevice(world) } }), rows: 'company' },
  'alarms.getAlarm': { call: async world => ({ params: { alarmId: await openAlarm(world) } }), rows: 'company' },
  'alarms.handleAlarm': {
    call: async world => ({ params: { alarmId: await openAlarm(world) }, body: { do: 'acknowledge' } }),
    rows: 'company',
  },
  'alarms.listHandlers': { call: () => ({}) },
  'alarms.getMaintenance': { call: async world => ({ params: { deviceId: await ownDevice(world) } }), rows: 'company' },
  'alarms.setMaintenance': {
    call: async world => ({
      params: { deviceId: await ownDevice(world) },
      body: { until: new Date(Date.now() + 3_600_000).toISOString() },
    }),
    rows: 'company',
  },
  'alarms.planMaintenance': {
    call: async world => ({ params: { deviceId: await ownDevice(world) }, body: nextDay() }),
    rows: 'company',
  },
  'alarms.cancelMaintenance': {
    async call(world) {
      const params = { deviceId: await ownDevice(world) }
      const { planned } = await world.own.admin.api.call(planMaintenance, { params, body: nextDay() })
      return { params: { ...params, windowId: planned[0]!.id } }
    },
    rows: 'company',
  },
  'alarms.listAlarmRules': { call: async world => ({ query: { deviceId: await ownDevice(world) } }), rows: 'company' },
  'alarms.createAlarmRule': {
    call: async world => ({ body: { ...rule, deviceId: await ownDevice(world) } }),
    rows: 'company',
  },
  'alarms.getAlarmRule': { call: async (world, caller) => ({ params: await ownRule(world, caller) }), rows: 'company' },
  'alarms.changeAlarmRule': {
    call: async (world, caller) => ({ ...(await tagged(world, caller)), body: rule }),
    rows: 'company',
  },
  'alarms.tryAlarmRule': {
    async call(world, caller) {
      const { ruleId, deviceId } = await ownRule(world, caller)
      return { params: { ruleId }, body: { deviceId, days: 1 } }
    },
    rows: 'company',
  },
  'alarms.switchAlarmRule': {
    call: async (world, caller) => ({ ...(await tagged(world, caller)), body: { state: 'off' } }),
    rows: 'company',
  },
  'alarms.deleteAlarmRule': { call: async (world, caller) => ({ params: await ownRule(world, caller) }), rows: 'company' },
}

const text = (said: string) => ({ 'zh-CN': said, en: said })
const rule = {
  name: text('Load too high'),
  severity: 'high',
  raise: { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'load', op: 'gt', value: 90 }] },
} satisfies Partial<RuleFields>

/** A rule of the caller's side: of the company, or of the manufacturer where staff ask. */
async function ownRule(world: World, { scopes }: Caller): Promise<{ ruleId: string; deviceId: string }> {
  const deviceId = await ownDevice(world)
  const api = scopes.includes('device.read') ? await world.api('service') : world.own.admin.api
  const { id } = await api.call(createAlarmRule, { body: { ...rule, deviceId } })
  return { ruleId: id, deviceId }
}

async function tagged(world: World, caller: Caller) {
  const params = await ownRule(world, caller)
  const api = caller.scopes.includes('device.read') ? await world.api('service') : world.own.admin.api
  const { etag } = await api.callWithEtag(getAlarmRule, { params })
  return { params, ifMatch: etag }
}

const openAlarm = async (world: World): Promise<string> =>
  raiseAlarm(world.platform, {
    ...{ deviceId: await ownDevice(world), source: 'diagnosis:bearing', name: text('Bearing'), severity: 'high', at: new Date() },
    ...{ message: text('It wears'), component: null, remedy: null },
  })

/** A machine that the company has claimed, named as the company is, of a type with one metric. */
async function ownDevice(world: World): Promise<string> {
  const service = await world.api('service')
  const unlike = crypto.randomUUID().replaceAll('-', '')
  const load = { key: 'load', name: text('Load'), unit: '%', min: 0, max: 150, decimals: 1 }
  const typeId = await keptType(world, 'alarms', { metrics: [load] })
  const { id } = await service.call(createDevice, { body: { serial: unlike, model: world.own.name, typeId } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return id
}

/** A time that can be planned. */
function nextDay() {
  const from = Date.now() + 86_400_000
  return { from: new Date(from).toISOString(), until: new Date(from + 3_600_000).toISOString() }
}
