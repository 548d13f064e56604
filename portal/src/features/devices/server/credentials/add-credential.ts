import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { type Account, conflict, invalid, type Platform } from '#platform/server'
import { lockDevice } from '../holdings/hand-over.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfCredentials, tellOfDevice } from '../tell.ts'

type Wanted =
  | { kind: 'token'; label: string; overlapHours?: number | undefined }
  | { kind: 'certificate'; label: string; certificate: string }

/** That hold at one time. */
const mostCredentials = 50

/**
 * By what a token is recognised. SHA-256 and nothing slower: it has 256 random bits, which no dictionary holds, and it is asked for at every
 * connection of every machine.
 */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex')

export const newToken = (): string => `fettle_device_${randomBytes(32).toString('base64url')}`

/** Gives a machine something more to sign in with. account: who does; null: the portal itself. token: shown this once; null for a certificate. */
export async function addCredential(
  platform: Platform,
  account: Pick<Account, 'id' | 'companyId'> | null,
  deviceId: string,
  wanted: Wanted,
): Promise<{ id: string; token: string | null }> {
  const { database } = platform
  return database.transaction(async () => {
    await lockDevice(platform, deviceId)
    const db = database.db<DeviceTables>()
    const now = platform.now()
    await demandRoom(platform, deviceId)
    if (wanted.kind === 'token' && wanted.overlapHours !== undefined)
      await endTokens(platform, deviceId, new Date(now.getTime() + wanted.overlapHours * 3_600_000))
    const token = wanted.kind === 'token' ? newToken() : null
    const { digest, expiresAt } = token
      ? { digest: tokenDigest(token), expiresAt: null }
      : readCertificate(wanted.kind === 'certificate' ? wanted.certificate : '', now)
    const used = await db
      .selectFrom('device_credential')
      .select('id')
      .where('digest', '=', digest)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (used) throw certificateUsed()
    const id = platform.newId()
    await db
      .insertInto('device_credential')
      .values({
        ...{ id, device_id: deviceId, kind: wanted.kind, digest, label: wanted.label, company_id: account?.companyId ?? null },
        ...{ created_by: account?.id ?? null, created_at: now, expires_at: expiresAt, revoked_at: null, last_used_at: null },
      })
      .execute()
    await platform.audit.write({
      action: 'device.credential-added',
      target: { kind: 'device', id: deviceId },
      after: { credentialId: id, kind: wanted.kind, ...(token ? {} : { fingerprint: digest }) },
      ...(wanted.kind === 'token' && wanted.overlapHours !== undefined ? { facts: { overlapHours: wanted.overlapHours } } : {}),
    })
    if (wanted.kind === 'token' && wanted.overlapHours === 0) await tellOfCredentials(platform, deviceId)
    else await tellOfDevice(platform, deviceId)
    return { id, token }
  })
}

/** Throws where so many credentials of a machine hold that there should be no more. */
export async function demandRoom(platform: Platform, deviceId: string): Promise<void> {
  if (!(await hasRoom(platform, deviceId))) throw credentialsFull()
}

/** Whether a machine may have one more credential. */
export async function hasRoom({ database, now }: Platform, deviceId: string): Promise<boolean> {
  const { count } = await database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('device_id', '=', deviceId)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
    .executeTakeFirstOrThrow()
  return Number(count) < mostCredentials
}

/** A token for a machine, made by the portal itself. */
export async function addDeviceToken(platform: Platform, deviceId: string, label: string): Promise<string> {
  const { token } = await addCredential(platform, null, deviceId, { kind: 'token', label })
  return token!
}

/** Tokens of before hold until then, or shorter where they were to end before. */
async function endTokens({ database }: Platform, deviceId: string, until: Date): Promise<void> {
  await database
    .db<DeviceTables>()
    .updateTable('device_credential')
    .set({ expires_at: until })
    .where('device_id', '=', deviceId)
    .where('kind', '=', 'token')
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', until)]))
    .execute()
}

/** A fingerprint, or that of a certificate in PEM with the day it ends. Throws where it is neither, or has ended. */
function readCertificate(text: string, now: Date): { digest: string; expiresAt: Date | null } {
  const fingerprint = plainFingerprint(text)
  if (fingerprint) return { digest: fingerprint, expiresAt: null }
  try {
    const { fingerprint256, validTo } = new X509Certificate(text)
    const expiresAt = new Date(validTo)
    if (expiresAt > now) return { digest: plainFingerprint(fingerprint256)!, expiresAt }
  } catch {
    throw unreadable(false)
  }
  throw unreadable(true)
}

/** A SHA-256 fingerprint as it is kept: 64 small hexadecimal digits. null: it is none */
export function plainFingerprint(text: string): string | null {
  const plain = text.replace(/[\s:]/g, '').toLowerCase()
  return /^[\da-f]{64}$/.test(plain) ? plain : null
}

const unreadable = (ended: boolean) =>
  invalid([
    {
      field: '/certificate',
      message: ended
        ? { 'zh-CN': '证书已过期。', en: 'The certificate has expired.' }
        : { 'zh-CN': '这不是证书，也不是 SHA-256 指纹。', en: 'This is neither a certificate nor a SHA-256 fingerprint.' },
      remedy: {
        'zh-CN': '请粘贴有效证书的 PEM 文本（以 -----BEGIN CERTIFICATE----- 开头），或 64 位十六进制指纹。',
        en: 'Paste a valid certificate as PEM, which begins with -----BEGIN CERTIFICATE-----, or 64 hexadecimal digits.',
      },
    },
  ])

const certificateUsed = () =>
  conflict(
    'certificate-used',
    { 'zh-CN': '这张证书已登记给一台机器。', en: 'This certificate belongs to a machine already.' },
    {
      'zh-CN': '每台机器要有自己的证书；如要移用，请先在那台机器上吊销。',
      en: 'Every machine needs one of its own. To move it, revoke it at that machine first.',
    },
  )

const credentialsFull = () =>
  conflict(
    'credentials-full',
    {
      'zh-CN': `这台机器已有 ${mostCredentials} 个有效凭证。`,
      en: `This machine has ${mostCredentials} valid credentials already.`,
    },
    { 'zh-CN': '请先吊销不再使用的凭证。', en: 'Revoke those that are not used any more.' },
  )
