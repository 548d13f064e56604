import { type PermissionName, type RoleName, scopesFor } from '#features/accounts/core'
import { type AnyEndpoint, fillPath } from '#platform/core'
import { requestConfirmed } from './confirming.ts'
import type { Call, Input } from './endpoint-calls/call.ts'
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

/**
 * Calls one operation as endpoint-calls.ts says, for rows of `world.own`. text: '' of a stream, which is left at once. left: the input of
 * whoever was refused, who has used nothing up: as `unused` it spares the next one that rows are made anew
 */
export async function performCall(
  world: World,
  { call, endsSession }: Call,
  { method, path }: Pick<AnyEndpoint, 'method' | 'path'>,
  { as, held, key }: Caller,
  unused?: Input,
) {
  const cookie = as && endsSession && !key ? await world.newSession(as) : null
  const password = typeof as === 'object' ? as.password : demoPassword
  const input = unused ?? (await call(world, { password, scopes: scopesFor(held) }))
  const { params, query = {}, body, file, ifMatch } = input
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
  const { status } = answer
  const refused = status === 401 || status === 403
  // a call that asks who calls, or for the session he comes with, is for nobody else
  const left = refused && call.length < 2 && !endsSession ? input : undefined
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body!.cancel()
    return { status, text: '', body: null, left }
  }
  const text = await answer.text()
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  return { status, text, body: isJson ? JSON.parse(text) : null, left }
}
