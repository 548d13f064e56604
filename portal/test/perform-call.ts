import { type PermissionName, type RoleName, scopesFor } from '#features/accounts/core'
import { type AnyEndpoint, fillPath } from '#platform/core'
import { requestConfirmed } from './confirming.ts'
import type { Call } from './endpoint-calls.ts'
import type { Visitor } from './test-portal.ts'
import type { World } from './two-companies.ts'

/** Who calls. */
export interface Caller {
  as?: Visitor
  held: readonly RoleName[]
  /** he comes by an API key of these scopes */
  key?: { scopes: readonly PermissionName[]; token: string }
}

const demoPassword = 'fettle-demo-2026'

/** Calls one operation as endpoint-calls.ts says, for rows of `world.own`. text: '' of a stream, which is left at once */
export async function performCall(
  world: World,
  { call, endsSession }: Call,
  { method, path }: Pick<AnyEndpoint, 'method' | 'path'>,
  { as, held, key }: Caller,
) {
  const cookie = as && endsSession && !key ? await world.newSession(as) : null
  const password = typeof as === 'object' ? as.password : demoPassword
  const { params, query = {}, body, file, ifMatch } = await call(world, { password, scopes: scopesFor(held) })
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  const headers = new Headers({ 'accept-language': 'en' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (file !== undefined) headers.set('x-file-name', 'file.pdf')
  if (ifMatch) headers.set('if-match', ifMatch)
  if (cookie) headers.set('cookie', cookie)
  if (key) headers.set('authorization', `Bearer ${key.token}`)
  const answer = await requestConfirmed(
    world,
    `/api/v1${fillPath(path, params)}${search.size > 0 ? `?${search}` : ''}`,
    { method, headers, body: file ?? (body === undefined ? null : JSON.stringify(body)) },
    endsSession || key ? undefined : as,
  )
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body!.cancel()
    return { status: answer.status, text: '', body: null }
  }
  const text = await answer.text()
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : null }
}
