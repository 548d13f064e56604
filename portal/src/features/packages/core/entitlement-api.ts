import { z } from 'zod'
import { outcome } from '#features/outcomes/core'
import { endpoint } from '#platform/core'
import { entitlementKinds, entitlementStatuses } from './entitlement.ts'
import { localizedText, price, read } from './package-api.ts'
import { rights } from './right.ts'

/** Of one request. */
export const mostMachines = 50

const own = { customer: 'package.use-own' } as const
const grant = { staff: 'package.grant' } as const
const device = z.object({ deviceId: z.uuid() })
const entitlementId = z.object({ entitlementId: z.uuid() })

/** What an entitlement came to, where it ended before its time was over. */
export const endings = ['declined', 'withdrawn', 'taken-back', 'sold'] as const
export type Ending = (typeof endings)[number]

const standing = z.object({
  id: z.string(),
  kind: z.enum(entitlementKinds),
  status: z.enum(entitlementStatuses),
  rights: z.array(z.enum(rights)),
  price: price,
  requestedAt: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  ending: z.enum(endings).nullable(),
})
export type Standing = z.output<typeof standing>

const offer = z.object({
  id: z.string(),
  name: localizedText,
  description: localizedText,
  rights: z.array(z.enum(rights)),
  price: price,
  trialDays: z.number().int(),
  /** whether it may be tried now */
  mayTry: z.boolean(),
  /** whether it may be asked for now */
  mayAsk: z.boolean(),
  /** the company's other machines for which it may be asked too: 50 at most */
  others: z.array(z.object({ id: z.string(), serial: z.string(), model: z.string() })),
  /** what the company has or had of it at this machine, the last first: 20 at most */
  standings: z.array(standing),
})
export type Offer = z.output<typeof offer>

const offering = z.object({
  /** what packages open and is closed to the company at this machine */
  closed: z.array(z.enum(rights)),
  /** whether the company owns the machine: others can neither try nor ask */
  owner: z.boolean(),
  packages: z.array(offer),
})
export type Offering = z.output<typeof offering>

export const getMyOffering = endpoint({
  id: 'packages.getMyOffering',
  method: 'GET',
  path: '/my/devices/{deviceId}/packages',
  summary: 'Which packages there are for a machine of the own company, and how each stands',
  access: { customer: 'device.read-own' },
  params: device,
  result: offering,
})

const proof = z.object({
  packageId: z.string(),
  from: z.string(),
  until: z.string(),
  /** that were watched in that time, of all owners who share what they report with the manufacturer */
  machines: z.number().int(),
  outcome,
})
export type Proof = z.output<typeof proof>

export const getMyProofs = endpoint({
  id: 'packages.getMyProofs',
  method: 'GET',
  path: '/my/devices/{deviceId}/packages/proofs',
  summary:
    'What came of warnings in a year at all machines of the types of each package there is for a machine of the own company',
  access: { customer: 'device.read-own' },
  params: device,
  result: z.object({
    /** without packages whose manufacturer does not show it */
    items: z.array(proof),
  }),
})

export const startMyTrial = endpoint({
  id: 'packages.startMyTrial',
  method: 'POST',
  path: '/my/devices/{deviceId}/packages/{packageId}/trial',
  summary: 'Try a package at a machine of the own company: once, it ends by itself',
  access: own,
  params: device.extend({ packageId: z.uuid() }),
  audit: { none: 'a customer begins a thing of his own; entitlement and event are the trace' },
  status: 201,
  result: offering,
  problems: ['package-unavailable'],
})

export const requestMyPackage = endpoint({
  id: 'packages.requestMyPackage',
  method: 'POST',
  path: '/my/packages/{packageId}/requests',
  summary: 'Ask for a package at machines of the own company, or for a further term of it, at the price shown: an inquiry',
  access: own,
  params: z.object({ packageId: z.uuid() }),
  body: z.strictObject({
    deviceIds: z.array(z.uuid()).min(1).max(mostMachines),
    /** the price of one machine that was seen; another one is refused */
    net: z.number().int(),
    currency: z.string().max(3),
    message: z.string().trim().max(2000).default(''),
    consent: z.strictObject({ version: z.string().max(200), accepted: z.literal(true) }),
  }),
  audit: { none: 'a customer asks for himself; inquiry, entitlement and event are the trace' },
  status: 201,
  /** of the inquiry's page */
  result: z.object({ path: z.string() }),
  problems: ['package-unavailable'],
})

export const withdrawMyRequest = endpoint({
  id: 'packages.withdrawMyRequest',
  method: 'POST',
  path: '/my/entitlements/{entitlementId}/withdrawal',
  summary: 'Take back the request for a package',
  access: own,
  params: entitlementId,
  audit: { none: 'a customer takes back a thing of his own; the event is the trace' },
  result: offering,
  problems: ['entitlement-moved'],
})

const listed = standing.extend({
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  company: z.object({ id: z.string(), name: z.string() }),
  package: z.object({ id: z.string(), name: localizedText }),
  grantedBy: z.string().nullable(),
})
export type ListedEntitlement = z.output<typeof listed>

/** waiting: asked for. granted: in force, or will be. over: ended or expired */
export const entitlementStages = ['waiting', 'granted', 'over'] as const
export type EntitlementStage = (typeof entitlementStages)[number]

export const listEntitlements = endpoint({
  id: 'packages.listEntitlements',
  method: 'GET',
  path: '/console/entitlements',
  summary: 'Entitlements of all customers, the last first',
  access: read,
  query: z.object({
    stage: z.enum(entitlementStages).optional(),
    packageId: z.uuid().optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }),
})

export const grantEntitlement = endpoint({
  id: 'packages.grantEntitlement',
  method: 'POST',
  path: '/console/entitlements/{entitlementId}/grant',
  summary: 'Grant what was asked for: it begins now, or behind what is in force',
  access: grant,
  params: entitlementId,
  audit: 'entitlement.granted',
  result: listed,
  problems: ['entitlement-moved'],
})

export const endEntitlement = endpoint({
  id: 'packages.endEntitlement',
  method: 'POST',
  path: '/console/entitlements/{entitlementId}/end',
  summary: 'Decline what was asked for, or take back what was granted, at once',
  access: grant,
  params: entitlementId,
  audit: 'entitlement.ended',
  result: listed,
  problems: ['entitlement-moved'],
})
