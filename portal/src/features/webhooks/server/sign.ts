import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** A secret as Standard Webhooks writes it: whsec_ and 32 bytes in base64. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64')

interface Signed {
  /** the message's: the same in each try */
  id: string
  /** when it is sent */
  at: Date
  body: string
  /** the present one, and while they overlap the one before */
  secrets: readonly string[]
}

/** Headers by which a receiver knows that a message is the portal's and no old one [Standard Webhooks 1.0: HMAC-SHA-256, `v1`]. */
export function signatureHeaders({ id, at, body, secrets }: Signed): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const sign = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map(secret => `v1,${sign(secret)}`).join(' '),
  }
}
