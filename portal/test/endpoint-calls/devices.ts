import {
  addCredential,
  addMyToken,
  beginDeviceAuthority,
  claimDevice,
  createDevice,
  createDeviceType,
  getDevice,
  getDeviceAuthority,
  getMyDevice,
  grantRole,
  issueClaimCode,
  issueMyCode,
} from '#features/devices/core'
import { newAuthority } from '../device-certificates.ts'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { keptType } from './kept-type.ts'

export const devicesCalls: Record<string, Call> = {
  'devices.listDeviceTypes': { call: () => ({}) },
  'devices.getDeviceType': { call: async world => ({ params: (await newType(world)).params }) },
  'devices.createDeviceType': { call: () => ({ body: aType() }) },
  'devices.changeDeviceType': { call: async world => ({ ...(await newType(world)), body: aType() }) },
  'devices.deleteDeviceType': { call: newType },

  'devices.listDevicesOf': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'devices.listDevices': { call: ({ own }) => ({ query: { q: own.name } }) },
  'devices.getDevice': { call: async world => ({ params: (await newDevice(world)).params }) },
  'devices.createDevice': { call: () => ({ body: aDevice() }) },
  'devices.changeDevice': { call: async world => ({ ...(await newDevice(world)), body: aDevice() }) },
  'devices.deleteDevice': { call: world => newDevice(world) },
  'devices.transferDevice': {
    call: async world => ({ ...(await newDevice(world)), body: { companyId: world.own.id, reason: 'Sold' } }),
  },
  'devices.grantRole': {
    call: async world => ({ params: (await ownDevice(world)).params, body: { companyId: world.other.id, role: 'operator' } }),
  },
  'devices.endRole': { call: helped },
  'devices.issueClaimCode': { call: async world => ({ params: (await newDevice(world)).params }) },
  'devices.withdrawClaimCode': { call: async world => ({ params: (await newDevice(world)).params }) },
  'devices.getLabel': {
    async call(world) {
      const { params } = await newDevice(world)
      const { code } = await (await world.api('service')).call(issueClaimCode, { params })
      return { params: { ...params, code } }
    },
  },
  'devices.addCredential': {
    call: async world => ({ params: (await newDevice(world)).params, body: { kind: 'token' } }),
  },
  'devices.revokeCredential': {
    async call(world) {
      const { params } = await newDevice(world)
      const { id } = await (await world.api('service')).call(addCredential, { params, body: { kind: 'token' } })
      return { params: { ...params, credentialId: id } }
    },
  },
  'devices.getDeviceAuthority': { call: () => ({}) },
  'devices.beginDeviceAuthority': {
    async call(world) {
      await world.database.pool.query(
        'update device_authority set ended_at = now() where company_id is null and ended_at is null',
      )
      return {}
    },
  },
  'devices.issueCertificate': {
    async call(world) {
      await begunAuthority(world)
      return { params: (await newDevice(world)).params, body: {} }
    },
  },
  'devices.getRevocations': { call: async world => ({ params: { authorityId: await begunAuthority(world) } }) },

  'devices.listMyCredentials': { call: async world => ({ params: (await ownDevice(world)).params }), rows: 'company' },
  'devices.addMyToken': { call: async world => ({ params: (await ownDevice(world)).params, body: {} }), rows: 'company' },
  'devices.revokeMyCredential': {
    async call(world) {
      const { params } = await ownDevice(world)
      const { id } = await world.own.admin.api.call(addMyToken, { params, body: {} })
      return { params: { ...params, credentialId: id } }
    },
    rows: 'company',
  },
  'devices.nameMyAuthority': {
    call: async () => ({ body: { certificate: (await newAuthority(`Plant ${unlike().slice(0, 20)}`)).cert } }),
  },
  'devices.endMyAuthority': { call: () => ({}) },

  'devices.listReplacements': { call: async world => ({ params: (await newDevice(world)).params }) },
  'devices.replaceComponent': {
    async call(world) {
      const service = await world.api('service')
      const components = [{ key: 'pump', name: { 'zh-CN': '泵', en: 'Pump' } }]
      const typeId = await keptType(world, 'devices', { components })
      const { id } = await service.call(createDevice, { body: { ...aDevice(), typeId } })
      const on = new Date().toISOString().slice(0, 10)
      return { params: { deviceId: id }, body: { component: 'pump', on, why: 'failed' } }
    },
  },
  'devices.listMyReplacements': { call: async world => ({ params: (await ownDevice(world)).params }), rows: 'company' },

  'devices.listMyDevices': {
    call: async world => {
      await ownDevice(world, { model: world.own.name })
      return { query: { limit: 100 } }
    },
    shows: ({ items }, { name }) => items.some((item: { model: string }) => item.model === name),
  },
  'devices.getMyDevice': { call: async world => ({ params: (await ownDevice(world)).params }), rows: 'company' },
  'devices.getMyAsBuilt': { call: async world => ({ params: (await ownDevice(world)).params }), rows: 'company' },
  'devices.setSharing': {
    call: async world => ({ params: (await ownDevice(world)).params, body: { whom: 'manufacturer', shared: false } }),
    rows: 'company',
  },
  'devices.issueMyCode': {
    call: async world => ({ params: (await ownDevice(world)).params, body: { role: 'operator' } }),
    rows: 'company',
  },
  'devices.withdrawMyCode': {
    async call(world) {
      const { params } = await ownDevice(world)
      const { api } = world.own.admin
      await api.call(issueMyCode, { params, body: { role: 'owner' } })
      const { codes } = await api.call(getMyDevice, { params })
      return { params: { ...params, codeId: codes[0]!.id } }
    },
    rows: 'company',
  },
  // the helper is no party of the walk, for he may leave by himself
  'devices.endMyRole': { call: helped, rows: 'company' },
  'devices.readClaim': {
    async call(world) {
      const { params } = await newDevice(world)
      return { params: { code: (await (await world.api('service')).call(issueClaimCode, { params })).code } }
    },
  },
  'devices.claimDevice': {
    async call(world) {
      const { params } = await newDevice(world)
      return { params: { code: (await (await world.api('service')).call(issueClaimCode, { params })).code } }
    },
  },
}

async function begunAuthority(world: World): Promise<string> {
  const service = await world.api('service')
  const { authority } = await service.call(getDeviceAuthority, {})
  if (authority) return authority.id
  await service.call(beginDeviceAuthority, {})
  return (await service.call(getDeviceAuthority, {})).authority!.id
}

const unlike = () => crypto.randomUUID().replaceAll('-', '')

const aType = () => ({
  key: `t${unlike()}`,
  name: { 'zh-CN': '机型', en: 'Type' },
  metrics: [{ key: 'load', name: { 'zh-CN': '负载', en: 'Load' }, unit: '%', min: 0, max: 150, decimals: 1 }],
})

async function newType(world: World) {
  const { value, etag } = await (await world.api('service')).callWithEtag(createDeviceType, { body: aType() })
  return { params: { typeId: value.id }, ifMatch: etag }
}

const aDevice = (model = 'VM-850') => ({ serial: unlike(), model })

async function newDevice(world: World, { model }: { model?: string } = {}) {
  const { value, etag } = await (await world.api('service')).callWithEtag(createDevice, { body: aDevice(model) })
  return { params: { deviceId: value.id }, ifMatch: etag }
}

/** A machine that the company has claimed. */
async function ownDevice(world: World, options?: { model: string }) {
  const device = await newDevice(world, options)
  const { code } = await (await world.api('service')).call(issueClaimCode, { params: device.params })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return device
}

/** A machine of the company with an operator. */
async function helped(world: World) {
  const { params } = await ownDevice(world)
  const service = await world.api('service')
  const { rows } = await world.database.pool.query<{ id: string }>('select id from company where id <> all($1) limit 1', [
    [world.own.id, world.other.id],
  ])
  const companyId = rows[0]?.id ?? (await newHelper(world))
  await service.call(grantRole, { params, body: { companyId, role: 'operator' } })
  const { holdings } = await service.call(getDevice, { params })
  return { params: { ...params, roleId: holdings.find(({ role }) => role === 'operator')!.id } }
}

async function newHelper({ database, platform }: World): Promise<string> {
  const id = platform.newId()
  await database.pool.query(`insert into company (id, name, slug, sole, created_at) values ($1, 'Helper', $2, false, now())`, [
    id,
    id,
  ])
  return id
}
