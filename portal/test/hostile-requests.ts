import type { OpenApi, Operation } from '../src/platform/server/http-openapi.ts'
import { type Chance, chance } from './chance.ts'
import { exampleOf, hostileTexts, hostileValue, type Known, type Schema, spoil } from './hostile-values.ts'

/** One request as it goes to the portal. */
export interface HostileRequest {
  operation: Operation
  method: string
  /** path and query */
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** whose session comes with it: index into the visitors; -1: nobody's */
  visitor: number
}

interface Place {
  path: string
  method: string
  operation: Operation
}

/**
 * Requests made from the portal's own OpenAPI document, without end: valid, nearly valid and hostile, every operation as often as every
 * other, as nobody and as each visitor. The same seed makes the same requests.
 */
export function* hostileRequests(
  document: OpenApi,
  { seed, visitors, known }: { seed: number; visitors: number; known: Known },
): Generator<HostileRequest, never> {
  const luck = chance(seed)
  const places: Place[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const context = { chance: luck, definitions: document.components.schemas as Record<string, Schema>, known }
  for (let turn = 0; ; turn++) {
    const place = places[turn % places.length]!
    // signing out would end the session that the next requests need
    const visitor = place.operation.operationId === 'accounts.signOut' ? -1 : luck.below(visitors + 1) - 1
    yield { operation: place.operation, visitor, ...oneRequest(place, context) }
  }
}

type Context = { chance: Chance; definitions: Record<string, Schema>; known: Known }

function oneRequest(place: Place, context: Context): Omit<HostileRequest, 'operation' | 'visitor'> {
  const { chance: luck } = context
  const method = luck.in(0.03)
    ? luck.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'])
    : place.method
  const headers = headersOf(place, context, method)
  const path = pathOf(place, context)
  if (method === 'GET' || method === 'HEAD') return { method, path, headers }
  const body = bodyOf(place.operation, context)
  return body === undefined ? { method, path, headers } : { method, path, headers, body }
}

function pathOf({ path, operation }: Place, context: Context): string {
  const { chance: luck } = context
  const value = (name: string, schema: Schema) => {
    if (luck.in(0.25)) return luck.pick(hostileTexts).slice(0, 3000)
    const made = exampleOf(schema, { ...context, name })
    return typeof made === 'object' ? JSON.stringify(made) : String(made)
  }
  const filled = operation.parameters
    .filter(parameter => parameter.in === 'path')
    .reduce((text, { name, schema }) => text.replace(`{${name}}`, () => escapeText(value(name, schema), luck)), path)
  const query = operation.parameters
    .filter(parameter => parameter.in === 'query' && (parameter.required || luck.in(0.5)))
    .flatMap(({ name, schema }) =>
      Array.from({ length: luck.in(0.1) ? 3 : 1 }, () => `${name}=${escapeText(value(name, schema), luck)}`),
    )
  if (luck.in(0.05))
    query.push(
      `${escapeText(luck.pick(hostileTexts).slice(0, 100), luck)}=${escapeText(luck.pick(hostileTexts).slice(0, 500), luck)}`,
    )
  if (luck.in(0.01)) query.push(...Array.from({ length: 200 }, (_, index) => `p${index}=1`))
  return `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** Percent-encoded as it should be; sometimes twice, or broken. */
function escapeText(text: string, luck: Chance): string {
  const escaped = encodeURIComponent(text.toWellFormed())
  if (luck.in(0.02)) return encodeURIComponent(escaped)
  return luck.in(0.02) ? `${escaped}%E0%A4%` : escaped
}

function headersOf({ operation }: Place, context: Context, method: string): Record<string, string> {
  const { chance: luck } = context
  const headers: Record<string, string> = { 'accept-language': luck.pick(['en', 'zh-CN', 'fr', '*', 'zh;q=x,en', ';;;=,']) }
  if (method !== 'GET') headers['content-type'] = luck.in(0.9) ? 'application/json' : luck.pick(contentTypes)
  for (const { name, in: where } of operation.parameters) {
    if (where !== 'header' || luck.in(0.2)) continue
    if (name === 'If-Match')
      headers['if-match'] = luck.pick(['"1"', '"2"', '*', 'W/"1-gzip"', '1', '""', '"', '"a", "b"', ...visible])
    if (name === 'Idempotency-Key' && luck.in(0.3))
      headers['idempotency-key'] = luck.pick([`key-of-${luck.below(1000)}-and-more`, 'short', ...visible])
  }
  if (luck.in(0.05)) headers[luck.pick(headerNames)] = luck.pick(visible)
  return headers
}

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'a/b+json',
  ';',
]
const headerNames = [
  'cookie',
  'authorization',
  'if-none-match',
  'range',
  'x-request-id',
  'accept',
  'accept-encoding',
  'x-forwarded-for',
  'origin',
  'x-http-method-override',
  'sec-gpc',
  'user-agent',
]
/** of the hostile texts those that a header can carry */
const visible = hostileTexts.filter(text => /^[\x21-\x7e][\x20-\x7e]{0,500}$/.test(text))

function bodyOf(operation: Operation, context: Context): string | Uint8Array | undefined {
  const { chance: luck } = context
  const content = operation.requestBody?.content as Record<string, { schema: Schema }> | undefined
  if (!content) return luck.in(0.1) ? '{"a":1}' : undefined
  if (!content['application/json']) return Uint8Array.from({ length: luck.below(2000) }, () => luck.below(256))
  const valid = exampleOf(content['application/json'].schema, { ...context, name: '' })
  const kind = luck.next()
  if (kind < 0.3) return JSON.stringify(valid)
  if (kind < 0.75) return JSON.stringify(spoil(valid, luck)) ?? ''
  if (kind < 0.9) return JSON.stringify(hostileValue(luck)) ?? ''
  return luck.pick(brokenBodies)(JSON.stringify(valid) ?? '', luck)
}

const brokenBodies: readonly ((json: string, luck: Chance) => string | Uint8Array)[] = [
  () => '',
  json => json.slice(0, -1),
  (json, luck) => json.slice(0, luck.below(json.length)),
  json => `${json}${json}`,
  json => json.replaceAll('"', "'"),
  json => json.replace('{', '{"__proto__":{"admin":true},'),
  json => json.replace(/:(\d+)/, ':1e400'),
  json => `\ufeff${json}`,
  json => Uint8Array.from(Buffer.from(json, 'utf16le')),
  (json, luck) => Uint8Array.from(Buffer.from(json), byte => (luck.in(0.02) ? luck.below(256) : byte)),
  () => '['.repeat(50_000),
  () => `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  () => `{"text":"${'x'.repeat(300_000)}"}`,
]
