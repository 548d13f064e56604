import { claimDevice, createDevice, issueClaimCode } from '#features/devices/core'
import { createPackage, getMyOffering, type PackageFields, requestMyPackage } from '#features/packages/core'
import { contactConsent } from '#features/sales/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { keptType } from './kept-type.ts'

export const packagesCalls: Record<string, Call> = {
  'packages.listPackages': { call: () => ({}) },
  'packages.listPackageTypes': { call: () => ({}) },
  'packages.getPackage': { call: async world => ({ params: { packageId: (await soldMachine(world)).packageId } }) },
  'packages.createPackage': { call: async world => ({ body: fields(await keptType(world, 'packages')) }) },
  'packages.changePackage': {
    call: async world => {
      const { packageId, typeId } = await soldMachine(world)
      return { params: { packageId }, body: fields(typeId), ifMatch: '1' }
    },
  },
  'packages.getMyOffering': {
    call: async world => ({ params: { deviceId: (await soldMachine(world)).deviceId } }),
    rows: 'company',
  },
  'packages.getMyProofs': {
    call: async world => ({ params: { deviceId: (await soldMachine(world)).deviceId } }),
    rows: 'company',
  },
  'packages.startMyTrial': {
    call: async world => {
      const { deviceId, packageId } = await soldMachine(world)
      return { params: { deviceId, packageId } }
    },
    rows: 'company',
  },
  'packages.requestMyPackage': {
    call: async world => {
      const { deviceId, packageId } = await soldMachine(world)
      return { params: { packageId }, body: wish(deviceId) }
    },
    rows: 'company',
  },
  'packages.withdrawMyRequest': { call: async world => ({ params: await ownRequest(world) }), rows: 'company' },
  'packages.listEntitlements': { call: () => ({}) },
  'packages.grantEntitlement': { call: async world => ({ params: await ownRequest(world) }) },
  'packages.endEntitlement': { call: async world => ({ params: await ownRequest(world) }) },
}

const text = { 'zh-CN': '字', en: 'Words' }
const consent = { version: contactConsent.version, accepted: true } as const
const wish = (deviceId: string) => ({ deviceIds: [deviceId], net: 480_000, currency: 'CNY', consent })
const fields = (typeId: string): PackageFields => ({
  ...{ name: text, description: text, typeIds: [typeId], rights: ['findings'] },
  ...{ net: 480_000, currency: 'CNY', months: 12, trialDays: 30, offered: true, showsProof: true },
})

/** A machine that the company has claimed, with a package for its type. */
async function soldMachine(world: World) {
  const [service, sales] = [await world.api('service'), await world.api('sales')]
  const typeId = await keptType(world, 'packages')
  const { id: packageId } = await sales.call(createPackage, { body: fields(typeId) })
  const serial = crypto.randomUUID().replaceAll('-', '')
  const { id: deviceId } = await service.call(createDevice, { body: { serial, model: world.own.name, typeId } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return { typeId, packageId, deviceId }
}

async function ownRequest(world: World): Promise<{ entitlementId: string }> {
  const { packageId, deviceId } = await soldMachine(world)
  await world.own.member.api.call(requestMyPackage, { params: { packageId }, body: wish(deviceId) })
  const { packages } = await world.own.member.api.call(getMyOffering, { params: { deviceId } })
  return { entitlementId: packages.find(({ id }) => id === packageId)!.standings[0]!.id }
}
