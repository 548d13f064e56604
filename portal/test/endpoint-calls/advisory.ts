import { changePlan, getPlan, requestMyService } from '#features/advisory/core'
import { claimDevice, createDevice, createDeviceType, issueClaimCode } from '#features/devices/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { keptType } from './kept-type.ts'

export const advisoryCalls: Record<string, Call> = {
  'advisory.getPlan': { call: async world => ({ params: { typeId: (await newType(world)).typeId } }) },
  'advisory.changePlan': {
    call: async world => ({ params: { typeId: (await newType(world)).typeId }, body: { tasks: [] }, ifMatch: '0' }),
  },
  'advisory.getMyMaintenance': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'advisory.recordMyMaintenance': { call: async world => ({ params: await ownDevice(world), body: done() }), rows: 'company' },
  'advisory.listMyMaintenance': {
    call: async world => {
      await ownDevice(world)
      return {}
    },
    shows: ({ items }, { name }) => items.some(({ device }: { device: { model: string } }) => device.model === name),
  },
  'advisory.getMaintenance': { call: async world => ({ params: await ownDevice(world) }) },
  'advisory.recordMaintenance': { call: async world => ({ params: await ownDevice(world), body: done() }) },
  'advisory.listMaintenance': { call: () => ({}) },

  'advisory.requestMyService': {
    call: async world => ({ params: await ownDevice(world), body: { subject: 'maintenance', about: 'oil' } }),
    rows: 'company',
  },
  'advisory.listMyServiceRequests': {
    call: async world => {
      await ownRequest(world)
      return {}
    },
    shows: ({ items }, { name }) => items.some(({ device }: { device: { model: string } }) => device.model === name),
  },
  'advisory.getMyServiceRequest': { call: async world => ({ params: await ownRequest(world) }), rows: 'company' },
  'advisory.writeMyServiceMessage': {
    call: async world => ({ params: await ownRequest(world), body: { text: 'When?' } }),
    rows: 'company',
  },
  'advisory.withdrawMyServiceRequest': { call: async world => ({ params: await ownRequest(world) }), rows: 'company' },
  'advisory.listServiceRequests': { call: () => ({}) },
  'advisory.getServiceRequest': { call: async world => ({ params: await ownRequest(world) }) },
  'advisory.changeServiceRequest': {
    call: async world => ({ params: await ownRequest(world), body: { status: 'received' }, ifMatch: '1' }),
  },
  'advisory.writeServiceMessage': { call: async world => ({ params: await ownRequest(world), body: { text: 'Tuesday.' } }) },
}

const text = { 'zh-CN': '字', en: 'Words' }
const done = () => ({ task: 'oil', on: new Date().toISOString().slice(0, 10) })

async function newType(world: World): Promise<{ typeId: string }> {
  const body = { key: `t${crypto.randomUUID().replaceAll('-', '')}`, name: text }
  const { value } = await (await world.api('service')).callWithEtag(createDeviceType, { body })
  return { typeId: value.id }
}

/** A machine that the company has claimed, built long ago, of a type with a task that is overdue. */
async function ownDevice(world: World): Promise<{ deviceId: string }> {
  const service = await world.api('service')
  const params = { typeId: await keptType(world, 'advisory') }
  const { value: plan, etag } = await service.callWithEtag(getPlan, { params })
  const task = { key: 'oil', name: text, instructions: text, everyMonths: 6 }
  if (plan.tasks.length === 0) await service.callWithEtag(changePlan, { params, ifMatch: etag, body: { tasks: [task] } })
  const serial = crypto.randomUUID().replaceAll('-', '')
  const { id } = await service.call(createDevice, { body: { serial, model: world.own.name, builtYear: 2020, ...params } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  // as one that has been theirs for years
  await world.database.pool.query(`update device_ownership set from_at = '2020-01-01' where device_id = $1`, [id])
  return { deviceId: id }
}

async function ownRequest(world: World): Promise<{ requestId: string }> {
  const params = await ownDevice(world)
  const { id } = await world.own.member.api.call(requestMyService, { params, body: { description: 'It hums' } })
  return { requestId: id }
}
