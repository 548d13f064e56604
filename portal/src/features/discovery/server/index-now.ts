import type { Outgoing } from '#platform/server'
import type { PushReason, Told } from '../core/index.ts'

interface IndexNow {
  /** of the engine: 'https://api.indexnow.org' */
  service: string
  /** of the portal */
  origin: string
  key: string
}

/**
 * Tells an engine of pages by IndexNow; at most 10,000 addresses. Throws where the engine cannot be reached.
 * Source: https://www.indexnow.org/documentation
 */
export async function tellIndexNow(call: Outgoing, { service, origin, key }: IndexNow, addresses: string[]): Promise<Told> {
  const { status, body } = await call(`${service}/indexnow`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      host: new URL(origin).host,
      key,
      keyLocation: `${origin}/${key}.txt`,
      urlList: addresses,
    }),
    withinMs: 20_000,
    mostBytes: 10_000,
  })
  const said = `${status} ${body.toString().trim().slice(0, 300)}`.trim()
  return { ...readStatus(status), said, remain: null }
}

/** What the status means: 202 says that the key file is still to be looked at. */
export function readStatus(status: number): { outcome: Told['outcome']; reason: PushReason | null } {
  if (status === 200) return { outcome: 'taken', reason: null }
  if (status === 202) return { outcome: 'taken', reason: 'key-pending' }
  if (status === 403) return { outcome: 'refused', reason: 'key-file' }
  if (status === 422) return { outcome: 'refused', reason: 'addresses' }
  if (status === 429) return { outcome: 'failed', reason: 'too-often' }
  return status >= 500 ? { outcome: 'failed', reason: 'service' } : { outcome: 'refused', reason: 'other' }
}
