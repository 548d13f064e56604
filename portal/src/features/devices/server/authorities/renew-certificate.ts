import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { type DeviceMessage, Failure, type Platform } from '#platform/server'
import { hasRoom } from '../credentials/add-credential.ts'
import { lockDevice } from '../holdings/hand-over.ts'
import type { DeviceTables } from '../tables.ts'
import { keepIssued } from './issue-certificate.ts'
import { listAddress, ownAuthority } from './own-authority.ts'
import { certifyRequest } from './sign-certificates.ts'

/** Topic below the prefix of a machine, and below its branch `down`. */
const topic = 'certificate'

const wish = z.object({
  /** PKCS #10 in PEM */
  request: z.string().max(10_000),
  /** the machine's certificate of before, in PEM */
  certificate: z.string().max(10_000),
  /** by the key of that, over the text of `request`; base64 */
  signature: z.string().max(2000),
})
type Wish = z.output<typeof wish>

type Refusal = 'request' | 'unknown-certificate' | 'signature' | 'too-early' | 'full' | 'off'

/**
 * Machines ask for their next certificate. The one of before holds on until it ends. Whoever asks has to show that he has the key of that: neither
 * a stolen token nor a broker outside can ask in a machine's name.
 */
export async function renewCertificates(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  const asked = messages.filter(message => message.sparkplug === null && message.topic === topic)
  const last = new Map(asked.map(message => [message.deviceId, message]))
  for (const message of asked) {
    if (last.get(message.deviceId) !== message) {
      platform.broker.refuse(message.deviceId, 'backlog') // each costs a signature: of many at once the last counts
      continue
    }
    const said = readWish(message.payload)
    if (!said) {
      platform.broker.refuse(message.deviceId, 'payload')
      continue
    }
    const answer = await renew(platform, message.deviceId, said)
    await platform.broker
      .publish({
        deviceId: message.deviceId,
        topic,
        payload: JSON.stringify(typeof answer === 'string' ? { refused: answer } : answer),
      })
      .catch(error =>
        platform.log.warn({ error, deviceId: message.deviceId }, 'a machine could not be given its certificate; it asks again'),
      )
  }
}

async function renew(
  platform: Platform,
  deviceId: string,
  { request, certificate, signature }: Wish,
): Promise<Refusal | { certificate: string; authority: string }> {
  const authority = await ownAuthority(platform).catch((error: unknown) => {
    if (error instanceof Failure) return null
    throw error
  })
  if (!authority) return 'off'
  return platform.database.transaction(async () => {
    await lockDevice(platform, deviceId)
    const held = await heldBy(platform, deviceId, authority.id)
    const shown = readCertificate(certificate)
    const before = shown && held.find(one => one.digest === digestOf(shown))
    if (!shown || !before) return 'unknown-certificate'
    if (!isSigned(request, signature, shown.publicKey)) return 'signature'
    const [from, until] = [platform.now(), shown.validToDate]
    const time = until.getTime() - shown.validFromDate.getTime()
    if (until.getTime() - from.getTime() > time / 3) return 'too-early'
    const wanted = { deviceId, from, until: new Date(from.getTime() + time), listAddress: listAddress(platform, authority.id) }
    const issued = await certifyRequest(authority, request, wanted)
    if (!issued) return 'request'
    // what was answered before and did not arrive is answered again
    const sameKey = held.find(one => one.certificate && keyOf(one.certificate) === keyOf(issued.certificate))
    if (sameKey?.certificate && sameKey !== before) return { certificate: sameKey.certificate, authority: authority.certificate }
    if (!(await hasRoom(platform, deviceId))) return 'full'
    await keepIssued(platform, authority, { deviceId, label: before.label, createdBy: null, issued })
    return { certificate: issued.certificate, authority: authority.certificate }
  })
}

const heldBy = ({ database, now }: Platform, deviceId: string, authorityId: string) =>
  database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select(['digest', 'label', 'certificate'])
    .where('device_id', '=', deviceId)
    .where('authority_id', '=', authorityId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now())
    .execute()

function readWish(payload: Uint8Array): Wish | null {
  if (payload.length > 32_768) return null
  try {
    return wish.safeParse(JSON.parse(Buffer.from(payload).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function readCertificate(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text)
  } catch {
    return null
  }
}

const digestOf = ({ raw }: X509Certificate): string => createHash('sha256').update(raw).digest('hex')
const keyOf = (certificate: string): string =>
  new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

function isSigned(request: string, signature: string, key: KeyObject): boolean {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  try {
    return verify(algorithm, Buffer.from(request), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
