import { type Api, createApi } from '#platform/core'
import type { TestPortal, Visitor } from './test-portal.ts'

const demoPassword = 'fettle-demo-2026'
const passwordOf = (as: Visitor): string => (typeof as === 'object' ? as.password : demoPassword)

/** A request as `portal.request` sends it; where it needs a second confirmation, that is given by the visitor's password. */
export async function requestConfirmed(
  { request }: Pick<TestPortal, 'request'>,
  path: string,
  init: RequestInit,
  as?: Visitor,
): Promise<Response> {
  const answer = await request(path, init, as)
  if (answer.status !== 403 || !as) return answer
  const { type, confirmation } = await answer.clone().json()
  if (type !== '/problems/confirmation-needed') return answer
  const confirmed = await request(
    '/api/v1/auth/confirmations',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        request: confirmation.request,
        proof: { method: 'password', password: passwordOf(as) },
        reason: 'because the test wants it',
      }),
    },
    as,
  )
  if (!confirmed.ok) return confirmed
  const headers = new Headers(init.headers)
  headers.set('confirmation', (await confirmed.json()).token)
  return request(path, { ...init, headers }, as)
}

/** A client of the API that confirms by the visitor's password whatever needs it. */
export const confirmingApi = (portal: Pick<TestPortal, 'request'>, as: Visitor): Api =>
  createApi((path, { method, headers, body }) =>
    requestConfirmed(portal, path, { method, headers, ...(body ? { body } : {}) }, as),
  )
