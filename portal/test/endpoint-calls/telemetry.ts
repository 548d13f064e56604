import { claimDevice, createDevice, issueClaimCode } from '#features/devices/core'
import { getRetention } from '#features/telemetry/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'
import { keptType } from './kept-type.ts'

export const telemetryCalls: Record<string, Call> = {
  'telemetry.getMyMetrics': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'telemetry.getMyHistory': {
    call: async world => ({ params: { ...(await ownDevice(world)), metric: 'load' }, query: lastHour() }),
    rows: 'company',
  },
  'telemetry.watchMine': { call: async world => ({ query: { device: (await ownDevice(world)).deviceId } }), rows: 'company' },
  'telemetry.watchDevices': { call: async world => ({ query: { device: (await ownDevice(world)).deviceId } }) },
  'telemetry.getMetrics': { call: async world => ({ params: await ownDevice(world) }) },
  'telemetry.getHistory': {
    call: async world => ({ params: { ...(await ownDevice(world)), metric: 'load' }, query: lastHour() }),
  },
  'telemetry.getMyMarks': { call: async world => ({ params: await ownDevice(world), query: lastHour() }), rows: 'company' },
  'telemetry.getMarks': { call: async world => ({ params: await ownDevice(world), query: lastHour() }) },
  'telemetry.listMyAlike': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'telemetry.listAlike': { call: async world => ({ params: await ownDevice(world) }) },
  'telemetry.getRetention': none,
  'telemetry.weighRetention': { call: async () => ({ query: { months: 12 } }) },
  'telemetry.saveRetention': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getRetention, {})
      return { body: { months: value.months }, ifMatch: etag }
    },
  },
}

const lastHour = () => ({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() })

/** A machine that the company has claimed, of a type with one metric. */
export async function ownDevice(world: World): Promise<{ deviceId: string }> {
  const service = await world.api('service')
  const unlike = crypto.randomUUID().replaceAll('-', '')
  const load = { key: 'load', name: { 'zh-CN': '负载', en: 'Load' }, unit: '%', min: 0, max: 150, decimals: 1 }
  const typeId = await keptType(world, 'telemetry', { metrics: [load] })
  const { id } = await service.call(createDevice, { body: { serial: unlike, model: 'TM-1', typeId } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return { deviceId: id }
}
