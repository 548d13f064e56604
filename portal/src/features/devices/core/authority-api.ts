import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'

const deviceId = z.object({ deviceId: z.uuid() })
const write = { staff: 'device.manage' } as const
const manage = { customer: 'device.manage-own' } as const

const authority = z.object({
  id: z.string(),
  /** as a certificate names who signed it */
  subject: z.string(),
  /** SHA-256, in pairs */
  fingerprint: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
})

const ownAuthority = authority.extend({
  /** in PEM: for brokers outside, and for whoever checks machines */
  certificate: z.string(),
  /** where the list of revoked certificates lies */
  listAddress: z.string(),
})
export type AuthorityView = z.output<typeof ownAuthority>

const expiring = z.object({
  deviceId: z.string(),
  serial: z.string(),
  model: z.string(),
  expiresAt: z.string(),
  expired: z.boolean(),
})
export type ExpiringCertificate = z.output<typeof expiring>

export const getDeviceAuthority = endpoint({
  id: 'devices.getDeviceAuthority',
  method: 'GET',
  path: '/console/device-authority',
  summary: 'The manufacturer’s authority for machines, and machines whose last certificate ends soon',
  access: { staff: 'device.read' },
  result: z.object({ authority: ownAuthority.nullable(), expiring: z.array(expiring) }),
})

export const beginDeviceAuthority = endpoint({
  id: 'devices.beginDeviceAuthority',
  method: 'POST',
  path: '/console/device-authority',
  summary: 'Let the portal certify machines: an authority with a key of its own, which stays here',
  access: write,
  keys: 'refused',
  audit: 'device.authority-begun',
  problems: ['device-authority-there'],
})

const wantedCertificate = z.strictObject({
  label: z.string().trim().max(60).default(''),
  /** for which it holds */
  months: z.number().int().min(1).max(120).default(24),
  /** PKCS #10 as PEM, where the machine has made its key itself; '': the portal makes one, and shows it this once */
  request: z.string().trim().max(10_000).default(''),
  /** a key that the portal makes comes as PKCS #12 too */
  pkcs12: z.boolean().default(false),
})
export type WantedCertificate = z.output<typeof wantedCertificate>

const issuedCertificate = z.object({
  certificate: z.string(),
  /** shown this once; null: the machine has it */
  key: z.string().nullable(),
  authority: z.string(),
  /** certificate, key and authority in one file (base64), with the password that opens it, shown this once; null: not asked for, or without a key */
  pkcs12: z.object({ content: z.string(), password: z.string() }).nullable(),
})
export type IssuedCertificate = z.output<typeof issuedCertificate>

export const issueCertificate = endpoint({
  id: 'devices.issueCertificate',
  method: 'POST',
  path: '/console/devices/{deviceId}/certificates',
  summary: 'A certificate of the manufacturer’s authority by which a machine signs in',
  access: write,
  params: deviceId,
  body: wantedCertificate,
  keys: 'refused',
  audit: 'device.certificate-issued',
  status: 201,
  result: issuedCertificate,
  problems: ['credentials-full'],
})

export const getRevocations = endpoint({
  id: 'devices.getRevocations',
  method: 'GET',
  path: '/device-authorities/{authorityId}/revocations',
  summary: 'The list of revoked certificates of machines (RFC 5280, DER), for brokers outside',
  access: 'public',
  params: z.object({ authorityId: z.uuid() }),
  transfers: 'download',
  result: fileAnswer,
})

const companyAuthority = authority
export type CompanyAuthority = z.output<typeof companyAuthority>

const ownCredential = z.object({
  id: z.string(),
  kind: z.enum(['token', 'certificate']),
  label: z.string(),
  fingerprint: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
})
export type OwnCredential = z.output<typeof ownCredential>

const ownCredentials = z.object({ credentials: z.array(ownCredential), authority: companyAuthority.nullable() })
export type OwnCredentials = z.output<typeof ownCredentials>

export const listMyCredentials = endpoint({
  id: 'devices.listMyCredentials',
  method: 'GET',
  path: '/my/devices/{deviceId}/credentials',
  summary: 'By what a machine of the own company signs in, as far as the company made it, and the authority the company named',
  access: manage,
  params: deviceId,
  result: ownCredentials,
})

export const addMyToken = endpoint({
  id: 'devices.addMyToken',
  method: 'POST',
  path: '/my/devices/{deviceId}/credentials',
  summary: 'A token for a machine of the own company, shown this once. It ends with the ownership',
  access: manage,
  params: deviceId,
  body: z.strictObject({ label: z.string().trim().max(60).default('') }),
  keys: 'refused',
  audit: 'device.credential-added',
  status: 201,
  result: z.object({ id: z.string(), token: z.string() }),
  problems: ['credentials-full'],
})

export const revokeMyCredential = endpoint({
  id: 'devices.revokeMyCredential',
  method: 'DELETE',
  path: '/my/devices/{deviceId}/credentials/{credentialId}',
  summary: 'Let a token or certificate that the own company made hold no more, at once',
  access: manage,
  params: deviceId.extend({ credentialId: z.uuid() }),
  audit: { sometimes: 'device.credential-revoked' },
})

export const nameMyAuthority = endpoint({
  id: 'devices.nameMyAuthority',
  method: 'PUT',
  path: '/my/device-authority',
  summary: 'Let certificates that the own company’s authority signed open the wire for the machines it owns',
  access: manage,
  body: z.strictObject({ certificate: z.string().trim().max(20_000) }),
  keys: 'refused',
  audit: 'device.authority-named',
  result: companyAuthority,
  problems: ['authority-subject-taken'],
})

export const endMyAuthority = endpoint({
  id: 'devices.endMyAuthority',
  method: 'DELETE',
  path: '/my/device-authority',
  summary: 'Let certificates of the own company’s authority hold no more, at once',
  access: manage,
  audit: { sometimes: 'device.authority-ended' },
})
