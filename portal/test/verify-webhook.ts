import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Verifies a webhook as a receiver does, by the words of Standard Webhooks 1.0 and nothing of the portal's. Answers what it says.
 * secret: `whsec_…`. Throws where a header is missing, the time is more than five minutes off, or no signature is of the secret
 */
export function verifyWebhook(secret: string, body: string, headers: Record<string, unknown>): unknown {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => {
    const value = headers[name]
    if (typeof value !== 'string' || value === '') throw new Error(`no ${name}`)
    return value
  }) as [string, string, string]
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) throw new Error('webhook-timestamp is too far away')
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  const isOurs = signatures.split(' ').some(one => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!isOurs) throw new Error('no signature fits')
  return JSON.parse(body)
}
