import { z } from 'zod'
import { endpoint } from '#platform/core'
import { devicePlate } from './api.ts'
import { deviceRoles } from './holding.ts'
import { shownIdentification } from './identification.ts'
import { componentOfDevice, issuedClaimCode } from './manage-api.ts'
import { shownReported } from './reported-revision.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const deviceId = z.object({ deviceId: z.uuid() })
const manage = { customer: 'device.manage-own' } as const

const ownDevice = devicePlate.extend({
  /** the highest the company has now */
  role: z.enum(deviceRoles),
  type: localizedText.nullable(),
})
export type OwnDevice = z.output<typeof ownDevice>

const onlooker = z.object({
  /** absent for the own company and the manufacturer */
  id: z.string().nullable(),
  who: z.enum(['own-company', 'operator', 'service-partner', 'manufacturer']),
  /** of a company, the same in both languages, or of the manufacturer */
  name: localizedText,
  /** of the own company: who they are */
  people: z.array(z.string()),
  /** how many may look: of the own company, and of the manufacturer those whose work it is */
  count: z.number().int().nullable(),
  since: z.string().nullable(),
})
export type Onlooker = z.output<typeof onlooker>

const ownDeviceDetail = ownDevice.extend({
  builtYear: z.number().int().nullable(),
  manufacturer: localizedText,
  ...shownIdentification,
  /** what it says itself */
  reported: shownReported,
  components: z.array(componentOfDevice),
  /** since when the company has its role; null: since before it was written down */
  since: z.string().nullable(),
  onlookers: z.array(onlooker),
  /** readings are kept from them since; null: they are shared. For the owner alone */
  withheld: z.object({ manufacturer: z.string().nullable(), 'service-partner': z.string().nullable() }).nullable(),
  /** codes given to others that wait to be used. For the owner's administrators alone */
  codes: z.array(z.object({ id: z.string(), role: z.enum(deviceRoles), expiresAt: z.string().nullable() })),
  /** he looks after it: sharing, roles, handing over */
  manages: z.boolean(),
})
export type OwnDeviceDetail = z.output<typeof ownDeviceDetail>

export const listMyDevices = endpoint({
  id: 'devices.listMyDevices',
  method: 'GET',
  path: '/my/devices',
  summary: 'Machines the own company owns, operates or looks after now, by serial number',
  access: { customer: 'device.read-own' },
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(ownDevice), nextCursor: z.string().nullable() }),
})

export const getMyDevice = endpoint({
  id: 'devices.getMyDevice',
  method: 'GET',
  path: '/my/devices/{deviceId}',
  summary: 'A machine of the own company, with its components and who can see what it reports',
  access: { customer: 'device.read-own' },
  params: deviceId,
  result: ownDeviceDetail,
})

export const setSharing = endpoint({
  id: 'devices.setSharing',
  method: 'PUT',
  path: '/my/devices/{deviceId}/sharing',
  summary: 'Share what a machine of the own company reports with the manufacturer or with service partners, or do not',
  access: manage,
  params: deviceId,
  body: z.strictObject({ whom: z.enum(['manufacturer', 'service-partner']), shared: z.boolean() }),
  audit: { sometimes: 'device.sharing-changed' },
  result: ownDeviceDetail,
})

export const issueMyCode = endpoint({
  id: 'devices.issueMyCode',
  method: 'POST',
  path: '/my/devices/{deviceId}/codes',
  summary: 'A code with which another company becomes the owner, operator or service partner of a machine of the own company',
  access: manage,
  params: deviceId,
  body: z.strictObject({ role: z.enum(deviceRoles) }),
  keys: 'refused',
  audit: 'device.code-issued',
  status: 201,
  result: issuedClaimCode,
  problems: ['codes-full'],
})

export const withdrawMyCode = endpoint({
  id: 'devices.withdrawMyCode',
  method: 'DELETE',
  path: '/my/devices/{deviceId}/codes/{codeId}',
  summary: 'Let a code that was given away hold no more',
  access: manage,
  params: deviceId.extend({ codeId: z.uuid() }),
  audit: { sometimes: 'device.code-withdrawn' },
})

export const endMyRole = endpoint({
  id: 'devices.endMyRole',
  method: 'DELETE',
  path: '/my/devices/{deviceId}/roles/{roleId}',
  summary: 'End the role of an operator or service partner of a machine of the own company',
  access: manage,
  params: deviceId.extend({ roleId: z.uuid() }),
  audit: 'device.role-ended',
})

const offeredDevice = devicePlate.pick({ serial: true, model: true, typeCode: true, deliveredOn: true }).extend({
  type: localizedText.nullable(),
  /** what the own company would be to it */
  role: z.enum(deviceRoles),
  /** who hands it over; null: the manufacturer */
  from: z.string().nullable(),
  /** the own company has that role already: its id, to go there */
  own: z.string().nullable(),
})
export type OfferedDevice = z.output<typeof offeredDevice>

const code = z.object({ code: z.string().max(60) })

export const readClaim = endpoint({
  id: 'devices.readClaim',
  method: 'GET',
  path: '/claims/{code}',
  summary: 'What a code is for. 404 for one that was used, withdrawn or guessed alike',
  access: { customer: 'device.claim-own' },
  params: code,
  keys: 'refused',
  result: offeredDevice,
})

export const claimDevice = endpoint({
  id: 'devices.claimDevice',
  method: 'POST',
  path: '/claims/{code}',
  summary: 'Take on what a code is for: the own company becomes the owner, operator or service partner from now on',
  access: { customer: 'device.claim-own' },
  params: code,
  keys: 'refused',
  audit: { sometimes: 'device.claimed' },
  result: z.object({ deviceId: z.string() }),
})
