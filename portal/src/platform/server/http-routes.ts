import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import {
  type Access,
  type AnyEndpoint,
  type EventStream,
  eventStream,
  type FileAnswer,
  fileAnswer,
  fileBody,
  type Language,
  openToKeys,
} from '#platform/core'

import type { Acting, Actor } from './audit.ts'
import type { Account, Confirmed, ConfirmedAct, RequestContext, Route, RouteInput, ServerFeature } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { defaultBodyLimit, readJson } from './http-body.ts'
import { holdsTag, quoteTag, readIfMatch } from './http-concurrency.ts'
import { platformFailure } from './http-failures.ts'
import { fieldRights, withhold } from './http-field-rights.ts'
import { readFileBody, sendFile } from './http-files.ts'
import { gzipped } from './http-gzip.ts'
import { hashRequest, once, type StoredAnswer, takesKey } from './http-idempotency.ts'
import { kindOf, type Limiter } from './http-limits.ts'
import type { AnswerStream } from './http-streams.ts'
import { validate } from './http-validation.ts'
import type { Platform } from './platform.ts'
import { traced } from './tracing.ts'

interface RouteOptions {
  limiter: Limiter
  demandTraces: boolean
  confirm: SpendConfirmation | undefined
  answerStream: AnswerStream
}

/** What somebody asks to be allowed by his second confirmation. */
export interface ConfirmationRequest extends ConfirmedAct {
  /** the endpoint's id */
  operation: string
  /** keyed hash of parameters, query and body: what was confirmed is done, and nothing else */
  requestHash: string
  account: Account
  language: Language
  /** header Confirmation */
  token: string | undefined
}

/** Spends the confirmation in the ambient transaction. Throws confirmation-needed where there is none that holds. */
export type SpendConfirmation = (request: ConfirmationRequest) => Promise<Confirmed>

/** Mounts every feature's endpoints below /api/v1: access, limits, validation, idempotency, use case, answer. */
export function mountRoutes(
  app: Hono<HttpEnv>,
  platform: Platform,
  features: readonly ServerFeature[],
  options: RouteOptions,
): void {
  const routes = features.flatMap(feature => feature.routes ?? [])
  const permissions = permissionsByRole(features)
  checkDefinitions(routes, features)
  for (const route of routes.toSorted((a, b) => specificity(a.endpoint) - specificity(b.endpoint))) {
    app.on(route.endpoint.method, honoPath(route.endpoint), c => answer(c, route, platform, permissions, options))
  }
  for (const [path, allowed] of methodsByPath(routes)) {
    app.all(path, c => {
      c.set('route', path)
      if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow: allowed })
      throw platformFailure(
        'method-not-allowed',
        { 'zh-CN': `此地址支持 ${allowed}，不支持 ${c.req.method}。`, en: `This address takes ${allowed}, not ${c.req.method}.` },
        { extensions: { allow: allowed } },
      )
    })
  }
}

async function answer(
  c: Context<HttpEnv>,
  route: Route,
  platform: Platform,
  permissions: Permissions,
  options: RouteOptions,
): Promise<Response> {
  const { endpoint } = route
  c.set('route', honoPath(endpoint))
  const account = await c.get('account')()
  demandAccess(endpoint, account, permissions)
  await options.limiter.count(c, kindOf(endpoint))

  const received = {
    params: c.req.param() as Record<string, string>,
    query: c.req.queries(),
    body: await readBody(c, endpoint),
  }
  const ifMatch = endpoint.concurrency === 'if-match' ? readIfMatch(c) : ''
  const input = { ...validate(endpoint, received), ifMatch } as RouteInput<AnyEndpoint>

  const cookies: string[] = []
  const context = requestContext(c, platform, account, permissions, cookies)
  const acting: Acting = { actor: actorOf(account), address: context.address, requestId: context.requestId }
  const answered = async () => {
    const result = await platform.audit.acting(acting, () =>
      traced(platform, endpoint.id, { 'fettle.endpoint': endpoint.id }, () =>
        perform(c, route, input, context, received, options),
      ),
    )
    if (options.demandTraces) demandTrace(endpoint, platform.audit.actionsOf(acting))
    return result
  }
  if (endpoint.transfers === 'download') return sendFile(c, (await answered()) as FileAnswer)
  if (endpoint.transfers === 'events') {
    demandAccount(account)
    return options.answerStream(c, account, (await answered()) as EventStream)
  }
  const work = async () => toAnswer(route, await answered(), context)
  const key = takesKey(endpoint) ? c.req.header('idempotency-key') : undefined
  const done =
    key === undefined
      ? await work()
      : await once(
          {
            database: platform.database,
            vault: platform.vault,
            scope: idempotencyScope(account),
            key,
            requestHash: hashRequest(platform.config.sessionSecret, endpoint.id, received, ifMatch),
            now: platform.now(),
          },
          work,
        )
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return send(c, endpoint, done)
}

/** In tests and development: what an operation says it leaves in the audit log, it has left. */
function demandTrace({ id, audit }: AnyEndpoint, actions: ReadonlySet<string>): void {
  if (typeof audit === 'string' && !actions.has(audit)) throw new Error(`${id} has left no ${audit} in the audit log`)
}

async function readBody(c: Context<HttpEnv>, { body, bodyLimit = defaultBodyLimit, transfers }: AnyEndpoint): Promise<unknown> {
  if (!body) return undefined
  return transfers === 'upload' ? readFileBody(c, bodyLimit) : readJson(c, bodyLimit)
}

/** Runs the use case; where the call needs a second confirmation, in the transaction that spends it. */
async function perform(
  c: Context<HttpEnv>,
  { endpoint, handle, confirm }: Route,
  input: RouteInput<AnyEndpoint>,
  context: RequestContext,
  { params, query, body }: { params: unknown; query: unknown; body: unknown },
  options: RouteOptions,
): Promise<unknown> {
  const act = (await confirm?.(input as never, context)) ?? null
  if (!act) return handle(input as never, context)
  const { platform, account, language } = context
  const spend = options.confirm
  if (!spend || !account) throw new Error(`${endpoint.id} needs a confirmation, and nobody can give one here`)
  let made: unknown
  try {
    return await platform.database.transaction(async () => {
      const confirmed = await spend({
        ...act,
        operation: endpoint.id,
        requestHash: hashRequest(platform.config.sessionSecret, endpoint.id, params, query, body),
        account,
        language,
        token: c.req.header('confirmation'),
      })
      made = await handle(input as never, { ...context, confirmed })
      return made
    })
  } catch (error) {
    if (endpoint.transfers === 'download') (made as FileAnswer | undefined)?.content.destroy() // nobody will read it
    throw error
  }
}

/** A key is answered by itself alone: it may see less than its owner. */
const idempotencyScope = (account: Account | null): string => {
  if (!account) return 'visitor'
  return account.via.kind === 'session' ? account.id : `${account.id} ${account.sessionId}`
}

function actorOf(account: Account | null): Actor {
  if (!account) return { kind: 'visitor' }
  const { id, via, sessionId } = account
  return via.kind === 'session' ? { kind: 'account', id } : { kind: 'api-key', id, keyId: sessionId }
}

function send(c: Context<HttpEnv>, endpoint: AnyEndpoint, done: StoredAnswer & { replayed?: boolean }): Response {
  c.header('content-language', c.get('language'))
  c.header('cache-control', 'no-store')
  if (done.replayed) c.header('idempotent-replayed', 'true')
  if (done.etag !== null) {
    c.header('etag', quoteTag(done.etag))
    if (endpoint.access === 'public') c.header('cache-control', 'private, no-cache') // what is somebody's, no browser stores
    if (endpoint.method === 'GET' && holdsTag(c.req.header('if-none-match'), done.etag)) return c.body(null, 304)
  }
  if (done.body === null) return c.body(null, 204)
  const type = { 'content-type': 'application/json; charset=utf-8' }
  const short = done.etag === null ? gzipped(done.body, c.req.header('accept-encoding')) : null // a tag is of the body as it is sent
  if (!short) return c.body(done.body, done.status as 200, type)
  c.header('vary', 'Accept-Encoding', { append: true })
  return c.body(short, done.status as 200, { ...type, 'content-encoding': 'gzip' })
}

/** Throws where the result is not what the schema says: what nobody has described might be what nobody may see. */
function toAnswer({ endpoint }: Route, result: unknown, { may }: RequestContext): StoredAnswer {
  const tagged = endpoint.concurrency !== undefined && isTagged(result)
  const value = tagged ? result.value : result
  const etag = tagged ? result.etag : null
  if (!endpoint.result) return { status: 204, body: null, etag }
  const checked = endpoint.result.safeParse(value)
  if (!checked.success) {
    const issues: z.core.$ZodIssue[] = checked.error.issues
    const wrong = issues.map(({ path, code }) => `/${path.map(String).join('/')} (${code})`)
    throw new Error(`${endpoint.id} answers what its schema refuses: ${wrong.join(', ')}`)
  }
  const shown = rightsOf(endpoint).length > 0 ? withhold(endpoint.result, checked.data, may) : checked.data
  return { status: endpoint.status ?? 200, body: JSON.stringify(shown), etag }
}

const knownRights = new WeakMap<AnyEndpoint, readonly string[]>()

/** The rights that fields of the result ask for. */
function rightsOf(endpoint: AnyEndpoint): readonly string[] {
  const known = knownRights.get(endpoint) ?? (endpoint.result ? fieldRights(endpoint.result) : [])
  knownRights.set(endpoint, known)
  return known
}

const isTagged = (result: unknown): result is { value: unknown; etag: string } =>
  result !== null && typeof result === 'object' && 'value' in result && 'etag' in result

function requestContext(
  c: Context<HttpEnv>,
  platform: Platform,
  account: Account | null,
  permissions: Permissions,
  cookies: string[],
): RequestContext {
  return {
    platform,
    account,
    may: permission => mayDo(account, permission, permissions),
    confirmed: null,
    language: c.get('language'),
    requestId: c.get('requestId'),
    now: platform.now(),
    origin: c.get('origin'),
    headers: c.get('bearer') === null ? c.req.raw.headers : withoutCookies(c.req.raw.headers),
    address: c.get('address'),
    setCookie: header => cookies.push(header),
  }
}

function withoutCookies(headers: Headers): Headers {
  const rest = new Headers(headers)
  rest.delete('cookie')
  return rest
}

/** permission -> roles that have it */
export type Permissions = ReadonlyMap<string, ReadonlySet<string>>

export function permissionsByRole(features: readonly ServerFeature[]): Permissions {
  const all = new Map<string, Set<string>>()
  for (const feature of features) {
    for (const [permission, roles] of Object.entries(feature.permissions ?? {})) {
      const known = all.get(permission) ?? new Set<string>()
      for (const role of roles) known.add(role)
      all.set(permission, known)
    }
  }
  return all
}

/** Whether the account has a role that has the permission; admin has every permission. A key needs it among its scopes too. */
export function mayDo(account: Account | null, permission: string, permissions: Permissions): boolean {
  if (!account) return false
  const { roles, via } = account
  if (via.kind !== 'session' && !via.scopes.includes(permission)) return false
  return roles.some(role => role === 'admin' || permissions.get(permission)?.has(role))
}

/** What an endpoint demands of each side. */
export function demandsOf(access: Access): { side: Account['kind']; permission: string }[] {
  if (typeof access !== 'object') return []
  return (['staff', 'customer'] as const).flatMap(side => {
    const permission = (access as { staff?: string; customer?: string })[side]
    return permission === undefined ? [] : [{ side, permission }]
  })
}

/** Throws 401 where nobody is signed in, 403 where the account, or the key it comes by, lacks the permission. */
export function demandAccess(
  endpoint: Pick<AnyEndpoint, 'access' | 'confirm' | 'keys'>,
  account: Account | null,
  permissions: Permissions,
): void {
  const { access, keys } = endpoint
  const byKey = account !== null && account.via.kind !== 'session'
  if (byKey && !openToKeys(endpoint)) throw platformFailure('not-for-keys')
  if (access === 'public') return
  demandAccount(account)
  if (keys === 'only' && !byKey) throw platformFailure('only-for-keys')
  if (access === 'signed-in') return
  const demands = demandsOf(access)
  if (demands.some(({ side, permission }) => side === account.kind && mayDo(account, permission, permissions))) return
  throw platformFailure('not-permitted', undefined, {
    remedy: byKey
      ? { 'zh-CN': '请使用含此权限的密钥。', en: 'Use a key with this permission among its scopes.' }
      : { 'zh-CN': '请联系管理员开通权限。', en: 'Ask an administrator for the permission.' },
    extensions: { permission: (demands.find(({ side }) => side === account.kind) ?? demands[0])?.permission },
  })
}

/** Throws 401 where nobody is signed in. */
export function demandAccount(account: Account | null): asserts account is Account {
  if (account) return
  throw platformFailure('sign-in-needed', undefined, { remedy: { 'zh-CN': '请登录后重试。', en: 'Sign in and try again.' } })
}

const honoPath = (endpoint: AnyEndpoint) => `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`

// A fixed segment is tried before a parameter at the same place: /products/import before /products/{id}.
const specificity = (endpoint: AnyEndpoint) => (endpoint.path.match(/\{/g) ?? []).length

function methodsByPath(routes: readonly Route[]): Map<string, string> {
  const methods = new Map<string, Set<string>>()
  for (const { endpoint } of routes) {
    const known = methods.get(honoPath(endpoint)) ?? new Set<string>()
    known.add(endpoint.method)
    if (endpoint.method === 'GET') known.add('HEAD')
    methods.set(honoPath(endpoint), known)
  }
  return new Map([...methods].map(([path, known]) => [path, [...known].sort().join(', ')]))
}

/** Results that are no JSON, and what `transfers` says of them. */
const answers = new Map<unknown, AnyEndpoint['transfers']>([
  [fileAnswer, 'download'],
  [eventStream, 'events'],
])

/** What would otherwise show only when somebody calls: twice the same operation, a permission nobody can have, a parameter without schema. */
function checkDefinitions(routes: readonly Route[], features: readonly ServerFeature[]): void {
  const permissions = permissionsByRole(features)
  const seen = new Set<string>()
  for (const { endpoint, confirm } of routes) {
    if (Boolean(confirm) !== Boolean(endpoint.confirm))
      throw new Error(`${endpoint.id}: 'confirm' stands in the contract and what is confirmed in the route, or neither`)
    for (const name of [endpoint.id, `${endpoint.method} ${endpoint.path.replace(/\{\w+\}/g, '{}')}`]) {
      if (seen.has(name)) throw new Error(`Two endpoints are ${name}`)
      seen.add(name)
    }
    for (const permission of [...demandsOf(endpoint.access).map(({ permission }) => permission), ...rightsOf(endpoint)]) {
      if (!permissions.has(permission))
        throw new Error(`${endpoint.id} demands the permission ${permission}, which no feature grants to a role`)
    }
    const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]!)
    const described = Object.keys(endpoint.params?.shape ?? {})
    if (named.toSorted().join() !== described.toSorted().join())
      throw new Error(`${endpoint.id}: the path's parameters differ from params`)
    const said = endpoint.body === fileBody ? 'upload' : answers.get(endpoint.result)
    if (endpoint.transfers !== said) throw new Error(`${endpoint.id}: \`transfers\` differs from body and result`)
  }
}
