import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'
import { devicePlate } from './api.ts'
import { deviceRoles } from './holding.ts'
import { identificationFields, shownIdentification } from './identification.ts'
import { shownReported } from './reported-revision.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const read = { staff: 'device.read' } as const
const write = { staff: 'device.manage' } as const
const deviceId = z.object({ deviceId: z.uuid() })
const named = z.object({ id: z.string(), name: z.string() })

const listed = devicePlate.extend({
  type: z.object({ id: z.string(), name: localizedText }).nullable(),
  owner: named.nullable(),
  /** when a machine last signed in by one of its credentials; null: never */
  lastSeenAt: z.string().nullable(),
})
export type ListedDevice = z.output<typeof listed>

const holding = z.object({
  id: z.string(),
  company: named,
  role: z.enum(deviceRoles),
  /** null: since before anybody wrote it down */
  from: z.string().nullable(),
  /** null: still */
  until: z.string().nullable(),
})
export type HoldingView = z.output<typeof holding>

const credential = z.object({
  id: z.string(),
  kind: z.enum(['token', 'certificate']),
  label: z.string(),
  /** the beginning of its SHA-256, by which two are told apart */
  fingerprint: z.string(),
  /** the owner who made it; null: the manufacturer */
  company: named.nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  /** whether it opens anything now */
  valid: z.boolean(),
})
export type CredentialView = z.output<typeof credential>

/** A part of a machine, and how old it is. */
export const componentOfDevice = z.object({
  key: z.string(),
  name: localizedText,
  partOf: z.string().nullable(),
  partNumber: z.string().nullable(),
  lifeMonths: z.number().int().nullable(),
  lifeHours: z.number().int().nullable(),
  /** YYYY-MM-DD: since the machine was delivered, or since it was replaced; null: not known */
  since: z.string().nullable(),
  replaced: z.boolean(),
})
export type DeviceComponent = z.output<typeof componentOfDevice>

const issuedCode = z.object({
  issuedAt: z.string(),
  /** null: as long as the machine has no owner */
  expiresAt: z.string().nullable(),
})

const deviceDetail = listed.extend({
  builtYear: z.number().int().nullable(),
  /** as it was entered; null: the company whose portal this is */
  manufacturer: z.string().nullable(),
  /** as it is shown: as it was entered, or that company */
  manufacturerName: localizedText,
  ...shownIdentification,
  /** what it says itself */
  reported: shownReported,
  /** address of the saved configuration it was built by; null: none is known */
  configurationToken: z.string().nullable(),
  /** the order it was built for; null: not known */
  orderNumber: z.string().nullable(),
  components: z.array(componentOfDevice),
  holdings: z.array(holding),
  /** the owner keeps its readings from the manufacturer since; null: he does not */
  withheldSince: z.string().nullable(),
  partnersWithheldSince: z.string().nullable(),
  /** a code with which somebody may become its owner waits to be used */
  claimCode: issuedCode.nullable(),
  credentials: z.array(credential),
  revision: z.number().int(),
})
export type DeviceDetail = z.output<typeof deviceDetail>

const missing = (zh: string, en: string) => ({
  message: { 'zh-CN': `缺少${zh}。`, en: `The ${en} is missing.` },
  remedy: { 'zh-CN': `请填写${zh}。`, en: `Give the ${en}.` },
})
const filled = (zh: string, en: string, most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(text => /[\p{L}\p{N}]/u.test(text), { params: missing(zh, en) })
const unclear = {
  message: { 'zh-CN': '这不是保存的配置的链接。', en: 'This is no link to a saved configuration.' },
  remedy: { 'zh-CN': '请粘贴规格书的链接，如 …/c/abc123。', en: 'Paste the link of a specification sheet: …/c/abc123.' },
}

export const deviceFields = z.strictObject({
  serial: filled('出厂编号', 'serial number', 60),
  model: filled('型号', 'model', 100),
  typeCode: z.string().trim().max(100).nullable().default(null),
  orderNumber: z.string().trim().max(60).nullable().default(null),
  /** null: the type that names the model */
  typeId: z.uuid().nullable().default(null),
  builtYear: z.number().int().min(1900).max(2200).nullable().default(null),
  deliveredOn: z.iso.date().nullable().default(null),
  warrantyUntil: z.iso.date().nullable().default(null),
  site: z.string().trim().max(200).nullable().default(null),
  ...identificationFields,
  /** its token, or the address of its sheet */
  configuration: z
    .string()
    .trim()
    .max(300)
    .refine(text => text === '' || /^(?:.*\/c\/)?[\w-]{16,64}$/.test(text), { params: unclear })
    .nullable()
    .default(null),
  /** components that were replaced, with the day; the others are as old as the machine */
  replaced: z
    .array(z.strictObject({ key: z.string().max(40), on: z.iso.date() }))
    .max(200)
    .default([]),
})
export type DeviceFields = z.output<typeof deviceFields>

export const listDevices = endpoint({
  id: 'devices.listDevices',
  method: 'GET',
  path: '/console/devices',
  summary: 'Machines of the register, by serial number',
  access: read,
  query: z.object({
    /** part of a serial number, model, type code, order number or of the owner's name */
    q: z.string().trim().max(200).optional(),
    /** id of a type; none: machines without one */
    type: z.union([z.uuid(), z.literal('none')]).optional(),
    company: z.uuid().optional(),
    /** whether it has an owner */
    owned: z.enum(['yes', 'no']).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }),
})

export const getDevice = endpoint({
  id: 'devices.getDevice',
  method: 'GET',
  path: '/console/devices/{deviceId}',
  summary: 'A machine with its type, components, who holds it, and by what it signs in',
  access: read,
  params: deviceId,
  concurrency: 'etag',
  result: deviceDetail,
})

export const createDevice = endpoint({
  id: 'devices.createDevice',
  method: 'POST',
  path: '/console/devices',
  summary: 'A new machine, which nobody owns yet',
  access: write,
  body: deviceFields,
  status: 201,
  audit: 'device.created',
  concurrency: 'etag',
  result: deviceDetail,
})

export const changeDevice = endpoint({
  id: 'devices.changeDevice',
  method: 'PUT',
  path: '/console/devices/{deviceId}',
  summary: 'Change what is said of a machine',
  access: write,
  params: deviceId,
  body: deviceFields,
  concurrency: 'if-match',
  audit: 'device.changed',
  result: deviceDetail,
})

export const deleteDevice = endpoint({
  id: 'devices.deleteDevice',
  method: 'DELETE',
  path: '/console/devices/{deviceId}',
  summary: 'Delete a machine that was entered by mistake: nobody has owned it, and it has never signed in',
  access: write,
  params: deviceId,
  concurrency: 'if-match',
  audit: 'device.deleted',
  problems: ['device-used'],
})

export const transferDevice = endpoint({
  id: 'devices.transferDevice',
  method: 'POST',
  path: '/console/devices/{deviceId}/transfer',
  summary: 'Make a company the owner from now on, or nobody. All roles of before end at that instant',
  access: write,
  params: deviceId,
  body: z.strictObject({ companyId: z.uuid().nullable(), reason: filled('原因', 'reason', 300) }),
  concurrency: 'if-match',
  audit: 'device.transferred',
  result: deviceDetail,
  problems: ['device-without-owner'],
})

export const grantRole = endpoint({
  id: 'devices.grantRole',
  method: 'POST',
  path: '/console/devices/{deviceId}/roles',
  summary: 'Let a company operate or look after a machine that has an owner',
  access: write,
  params: deviceId,
  body: z.strictObject({ companyId: z.uuid(), role: z.enum(['operator', 'service-partner']) }),
  audit: 'device.role-granted',
  status: 201,
  result: deviceDetail,
  concurrency: 'etag',
  problems: ['device-without-owner'],
})

export const endRole = endpoint({
  id: 'devices.endRole',
  method: 'DELETE',
  path: '/console/devices/{deviceId}/roles/{roleId}',
  summary: 'End the role of an operator or service partner',
  access: write,
  params: deviceId.extend({ roleId: z.uuid() }),
  audit: 'device.role-ended',
})

export const issuedClaimCode = z.object({
  /** shown this once */
  code: z.string(),
  /** what the QR code on the label says */
  address: z.string(),
  expiresAt: z.string().nullable(),
})
export type IssuedClaimCode = z.output<typeof issuedClaimCode>

export const issueClaimCode = endpoint({
  id: 'devices.issueClaimCode',
  method: 'POST',
  path: '/console/devices/{deviceId}/claim-code',
  summary: 'A new code for the label of a machine without an owner; one of before holds no more',
  access: write,
  params: deviceId,
  audit: 'device.code-issued',
  status: 201,
  result: issuedClaimCode,
  problems: ['device-owned'],
})

export const withdrawClaimCode = endpoint({
  id: 'devices.withdrawClaimCode',
  method: 'DELETE',
  path: '/console/devices/{deviceId}/claim-code',
  summary: 'Let the code on the label hold no more',
  access: write,
  params: deviceId,
  audit: { sometimes: 'device.code-withdrawn' },
})

export const getLabel = endpoint({
  id: 'devices.getLabel',
  method: 'GET',
  path: '/console/devices/{deviceId}/labels/{code}',
  summary: 'The label of a machine as a PDF of 100 × 50 mm, with the code just issued as a QR code',
  access: write,
  params: deviceId.extend({ code: z.string().max(60) }),
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
})

const certificateMissing = {
  message: { 'zh-CN': '缺少证书。', en: 'The certificate is missing.' },
  remedy: {
    'zh-CN': '请粘贴 PEM 格式的证书，或它的 SHA-256 指纹。',
    en: 'Paste the certificate as PEM, or its SHA-256 fingerprint.',
  },
}

export const addCredential = endpoint({
  id: 'devices.addCredential',
  method: 'POST',
  path: '/console/devices/{deviceId}/credentials',
  summary: 'A new token, shown this once, or a certificate by which the machine signs in',
  access: write,
  params: deviceId,
  body: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('token'),
      label: z.string().trim().max(60).default(''),
      /** hours for which tokens of before still hold; absent: they stay as they are */
      overlapHours: z.number().int().min(0).max(720).optional(),
    }),
    z.strictObject({
      kind: z.literal('certificate'),
      label: z.string().trim().max(60).default(''),
      certificate: z
        .string()
        .trim()
        .max(20_000)
        .refine(text => text !== '', { params: certificateMissing }),
    }),
  ]),
  keys: 'refused',
  audit: 'device.credential-added',
  status: 201,
  result: z.object({
    id: z.string(),
    /** of a token: shown this once */
    token: z.string().nullable(),
  }),
  problems: ['certificate-used', 'credentials-full'],
})

export const revokeCredential = endpoint({
  id: 'devices.revokeCredential',
  method: 'DELETE',
  path: '/console/devices/{deviceId}/credentials/{credentialId}',
  summary: 'Let a token or certificate hold no more, at once',
  access: write,
  params: deviceId.extend({ credentialId: z.uuid() }),
  audit: { sometimes: 'device.credential-revoked' },
})
