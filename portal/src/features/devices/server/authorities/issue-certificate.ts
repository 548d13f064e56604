import { X509Certificate } from 'node:crypto'
import { type Account, invalid, type Platform } from '#platform/server'
import type { IssuedCertificate, WantedCertificate } from '../../core/index.ts'
import { demandRoom, plainFingerprint } from '../credentials/add-credential.ts'
import { lockDevice } from '../holdings/hand-over.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfDevice } from '../tell.ts'
import { listAddress, type OwnAuthority, ownAuthority } from './own-authority.ts'
import { certifyNewKey, certifyRequest, type Issued } from './sign-certificates.ts'
import { writePkcs12 } from './write-pkcs12.ts'

/** A certificate of the manufacturer's authority for one machine. The key, where the machine has made none, is shown this once. */
export async function issueCertificate(
  platform: Platform,
  account: Account,
  deviceId: string,
  { label, months, request, pkcs12 }: WantedCertificate,
): Promise<IssuedCertificate> {
  const authority = await ownAuthority(platform)
  const wanted = { deviceId, ...timeOf(platform, months), listAddress: listAddress(platform, authority.id) }
  const issued = request === '' ? await certifyNewKey(authority, wanted) : await certifyRequest(authority, request, wanted)
  if (!issued) throw noRequest()
  await platform.database.transaction(async () => {
    await lockDevice(platform, deviceId)
    await demandRoom(platform, deviceId)
    await keepIssued(platform, authority, { deviceId, label, createdBy: account.id, issued })
  })
  const { certificate, key } = issued
  const packed = pkcs12 && key ? await writePkcs12({ certificate, key, authority: authority.certificate }) : null
  return {
    ...{ certificate, key, authority: authority.certificate },
    pkcs12: packed && { content: packed.content.toString('base64'), password: packed.password },
  }
}

export function timeOf({ now }: Pick<Platform, 'now'>, months: number): { from: Date; until: Date } {
  const from = now()
  const until = new Date(from)
  until.setUTCMonth(until.getUTCMonth() + months)
  return { from, until }
}

/** Writes down that a machine may sign in by what was issued, in the ambient transaction, with the machine locked. */
export async function keepIssued(
  platform: Platform,
  authority: OwnAuthority,
  { deviceId, label, createdBy, issued }: { deviceId: string; label: string; createdBy: string | null; issued: Issued },
): Promise<void> {
  const { fingerprint256, validToDate } = new X509Certificate(issued.certificate)
  const digest = plainFingerprint(fingerprint256)!
  const id = platform.newId()
  await platform.database
    .db<DeviceTables>()
    .insertInto('device_credential')
    .values({
      ...{ id, device_id: deviceId, kind: 'certificate', digest, label, company_id: null, created_by: createdBy },
      ...{ created_at: platform.now(), expires_at: validToDate, revoked_at: null, last_used_at: null },
      ...{ authority_id: authority.id, serial: issued.serial, certificate: issued.certificate },
    })
    .execute()
  await platform.audit.write({
    action: createdBy ? 'device.certificate-issued' : 'device.certificate-renewed',
    target: { kind: 'device', id: deviceId },
    after: { credentialId: id, serial: issued.serial, expiresAt: validToDate.toISOString() },
  })
  await tellOfDevice(platform, deviceId)
}

const noRequest = () =>
  invalid([
    {
      field: '/request',
      message: {
        'zh-CN': '这不是证书请求，或其密钥过弱。',
        en: 'This is no certificate request, or its key is too weak.',
      },
      remedy: {
        'zh-CN':
          '请粘贴 PEM 格式的 PKCS #10 请求（以 -----BEGIN CERTIFICATE REQUEST----- 开头），密钥为椭圆曲线或 2048 位以上的 RSA。',
        en: 'Paste a PKCS #10 request as PEM, which begins with -----BEGIN CERTIFICATE REQUEST-----, for a key of an elliptic curve or of RSA with 2048 bits or more.',
      },
    },
  ])
