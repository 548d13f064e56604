import { z } from 'zod'
import { type AnyEndpoint, embedPath, openToKeys } from '#platform/core'
import type { ServerFeature } from './feature.ts'
import type { ProblemDescription, platformProblems } from './http-failures.ts'
import { takesKey } from './http-idempotency.ts'
import { describeMessages, type Message } from './http-openapi-messages.ts'
import { demandsOf } from './http-routes.ts'

/** The part of OpenAPI 3.1 that this portal writes. */
export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  webhooks: Record<string, { post: Message }>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, Response>
    securitySchemes: Record<string, unknown>
  }
}

export interface Operation {
  operationId: string
  summary: string
  description: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
  /** types of the problems it may answer, each explained at /problems/{type} */
  'x-problems': string[]
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
}

export interface Response {
  description: string
  headers?: Record<string, { description: string; schema: Schema }>
  content?: Record<string, { schema: Schema }>
}

export type Schema = { [key: string]: unknown }

/** The document of all endpoints, made from their schemas. Schemas with an id (`.meta({ id })`) become components. */
export function openApi(
  endpoints: readonly AnyEndpoint[],
  problems: ReadonlyMap<string, ProblemDescription>,
  messages: NonNullable<ServerFeature['messages']>,
): OpenApi {
  const schemas: Record<string, Schema> = { Problem: problemSchema }
  const paths: OpenApi['paths'] = {}
  for (const endpoint of endpoints) {
    paths[`/api/v1${endpoint.path}`] ??= {}
    paths[`/api/v1${endpoint.path}`]![endpoint.method.toLowerCase()] = operation(endpoint, problems, schemas)
  }
  paths['/api/v1/live'] = { get: liveOperation }
  const tags = [...new Set(Object.values(paths).flatMap(methods => Object.values(methods).flatMap(one => one.tags)))]
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fettle portal',
      version: '1',
      description:
        'Errors are RFC 9457 problems. Lists page by cursor. An edit carries If-Match with the ETag it read. A request that creates something may carry an Idempotency-Key and can then be repeated safely for 24 hours. ?lang or Accept-Language (zh-CN, en) chooses the language of messages.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map(name => ({ name })),
    paths,
    webhooks: describeMessages(messages, body => jsonSchema(body, 'output', schemas)),
    components: {
      schemas,
      responses: Object.fromEntries([...problems].map(([type, problem]) => [type, problemResponse(type, problem)])),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: 'The session cookie set by signing in (HttpOnly, SameSite=Lax).',
        },
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'fettle_<prefix>_<secret>',
          description:
            'An API key, made on the account page. It does what its scopes name and its owner may do; cookies sent with it do not count. An operation names the scope it needs; what names no scope for a key is not for keys. Public operations take a key too, and act in the name of its owner.',
        },
      },
    },
  }
}

function operation(
  endpoint: AnyEndpoint,
  problems: ReadonlyMap<string, ProblemDescription>,
  schemas: Record<string, Schema>,
): Operation {
  const types = problemTypes(endpoint).filter(type => problems.has(type))
  const success = endpoint.status ?? (endpoint.result ? 200 : 204)
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: accessText(endpoint),
    tags: [endpoint.id.split('.')[0]!],
    security: securityOf(endpoint),
    parameters: [
      ...parameters(endpoint.params, 'path', schemas),
      ...parameters(endpoint.query, 'query', schemas),
      ...headerParameters(endpoint),
    ],
    ...(endpoint.body
      ? {
          requestBody: {
            required: endpoint.transfers === 'upload' || !endpoint.body.safeParse(undefined).success,
            content: bodyContent(endpoint, schemas),
          },
        }
      : {}),
    responses: {
      [success]: {
        description: endpoint.result ? 'Done' : 'Done, without content',
        ...(endpoint.concurrency
          ? { headers: { ETag: { description: 'Version for a later If-Match', schema: { type: 'string' } } } }
          : {}),
        ...(endpoint.result ? { content: resultContent(endpoint, schemas) } : {}),
      },
      ...problemResponses(types, problems),
    },
    'x-problems': types,
  }
}

/** Public: nothing, or a key. Otherwise a session, or a key with one of the scopes. Without the key where it is not for keys. */
function securityOf(endpoint: AnyEndpoint): Operation['security'] {
  const open = openToKeys(endpoint)
  if (endpoint.access === 'public') return open ? [{}, { key: [] }] : []
  const scopes = open ? demandsOf(endpoint.access).map(({ permission }) => permission) : []
  return [...(endpoint.keys === 'only' ? [] : [{ session: [] }]), ...scopes.map(scope => ({ key: [scope] }))]
}

const bytesOfFile: Schema = { description: 'The bytes of the file, as they are.' }

const bodyContent = ({ body, transfers }: AnyEndpoint, schemas: Record<string, Schema>): Record<string, { schema: Schema }> =>
  transfers === 'upload'
    ? { 'application/octet-stream': { schema: bytesOfFile } }
    : { 'application/json': { schema: jsonSchema(body, 'input', schemas) } }

const resultContent = (
  { result, transfers }: AnyEndpoint,
  schemas: Record<string, Schema>,
): Record<string, { schema: Schema }> =>
  transfers === 'download'
    ? { '*/*': { schema: bytesOfFile } }
    : transfers === 'events'
      ? { 'text/event-stream': { schema: text } }
      : { 'application/json': { schema: jsonSchema(result, 'output', schemas) } }

/** The last two are described by whoever keeps accounts. */
type PlatformProblem = keyof typeof platformProblems | 'confirmation-needed' | 'too-many-attempts'

function problemTypes(endpoint: AnyEndpoint): string[] {
  const types: (PlatformProblem | false)[] = [
    'validation',
    endpoint.params !== undefined && 'not-found',
    endpoint.access !== 'public' && 'sign-in-needed',
    typeof endpoint.access === 'object' && 'not-permitted',
    'key-refused',
    !openToKeys(endpoint) && 'not-for-keys',
    endpoint.keys === 'only' && 'only-for-keys',
    'too-many-attempts',
    endpoint.confirm === true && 'confirmation-needed',
    endpoint.access === 'public' && endpoint.method !== 'GET' && 'rate-limited',
    ...(endpoint.method === 'GET' ? [] : (['foreign-origin'] as const)),
    ...(takesKey(endpoint) ? (['idempotency-key-invalid', 'idempotency-key-reused', 'idempotency-key-busy'] as const) : []),
    ...problemsOfBody(endpoint),
    ...(endpoint.transfers === 'download' ? (['file-waiting', 'store-away'] as const) : []),
    ...(endpoint.transfers === 'events' ? (['rate-limited', 'overloaded'] as const) : []),
    ...(endpoint.concurrency === 'if-match' ? (['changed-meanwhile', 'if-match-needed'] as const) : []),
    'internal',
    'unavailable',
  ]
  return [...new Set([...types.filter(type => type !== false), ...(endpoint.problems ?? [])])]
}

function problemsOfBody({ body, transfers }: AnyEndpoint): PlatformProblem[] {
  if (!body) return []
  return transfers === 'upload'
    ? ['body-too-large', 'broken-off', 'file-refused', 'overloaded', 'store-away']
    : ['malformed-json', 'body-too-large', 'unsupported-media-type']
}

/** Problems by their status; of those that share one, the response names all. */
function problemResponses(types: string[], problems: ReadonlyMap<string, ProblemDescription>): Record<string, Response> {
  const byStatus = Map.groupBy(types, type => problems.get(type)!.status)
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      names.length === 1
        ? ({ $ref: `#/components/responses/${names[0]}` } as unknown as Response)
        : {
            description: names.map(name => `${problems.get(name)!.title.en} (/problems/${name})`).join('; '),
            content: problemContent,
          },
    ]),
  )
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query', schemas: Record<string, Schema>): Parameter[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', schemas) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description: String(description) } : {}),
    schema: rest,
  }))
}

function headerParameters(endpoint: AnyEndpoint): Parameter[] {
  const key: Parameter = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A random value; the same key with the same request is answered once.',
    schema: { type: 'string', minLength: 16, maxLength: 200 },
  }
  const ifMatch: Parameter = {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'ETag of the version that was read.',
    schema: { type: 'string' },
  }
  const fileName: Parameter = {
    name: 'X-File-Name',
    in: 'header',
    required: true,
    description: 'Name of the file, percent-encoded UTF-8.',
    schema: { type: 'string', minLength: 1, maxLength: 1000 },
  }
  const confirmation: Parameter = {
    name: 'Confirmation',
    in: 'header',
    required: false,
    description:
      'Token of a fresh second confirmation. A call without one is answered with the problem confirmation-needed, which says how to get it.',
    schema: { type: 'string', maxLength: 100 },
  }
  return [
    ...(takesKey(endpoint) ? [key] : []),
    ...(endpoint.concurrency === 'if-match' ? [ifMatch] : []),
    ...(endpoint.transfers === 'upload' ? [fileName] : []),
    ...(endpoint.confirm ? [confirmation] : []),
  ]
}

function accessText(endpoint: AnyEndpoint): string {
  const { access } = endpoint
  if (access === 'public') return 'Public.'
  const who = { staff: 'Staff', customer: 'Customers' }
  const people = demandsOf(access).map(({ side, permission }) => `${who[side]} with the permission ${permission}.`)
  const keysAlone = endpoint.keys === 'only' ? ['By API keys only.'] : []
  const embeds = endpoint.path.startsWith(embedPath) ? ['Pages of other sites too, by a token of embed.makeToken.'] : []
  const words = access === 'signed-in' ? ['Anybody signed in.'] : people
  return [...words, ...(openToKeys(endpoint) ? [] : ['Not for API keys.']), ...keysAlone, ...embeds].join(' ')
}

/** The schema as JSON Schema 2020-12, which OpenAPI 3.1 speaks; its named parts move into components. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, Schema>): Schema {
  const written = z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', override: nameRight }) as Schema
  const { $schema: _, $defs, ...own } = written
  for (const [name, part] of Object.entries(($defs as Record<string, Schema>) ?? {})) schemas[name] = pointToComponents(part)
  return pointToComponents(own)
}

/** A field that only some may see says so. */
function nameRight({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (typeof jsonSchema.right !== 'string') return
  jsonSchema['x-right'] = jsonSchema.right
  jsonSchema.description = `Withheld from whoever lacks the permission ${jsonSchema.right}.`
  delete jsonSchema.right
}

const pointToComponents = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

const problemResponse = (type: string, problem: ProblemDescription): Response => ({
  description: `${problem.title.en}. ${problem.explanation.en} (/problems/${type})`,
  content: problemContent,
})

const text = { type: 'string' }

const problemSchema: Schema = {
  type: 'object',
  description: 'RFC 9457 problem details. Texts are in the language of the request.',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Stable; a page explains it.' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    remedy: { type: 'string', description: 'What to do about it.' },
    requestId: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: { type: 'string', description: 'JSON pointer into the body, or query/limit, path/leadId.' },
          code: { type: 'string', description: 'What kind of error it is, where that is worth telling apart.' },
          value: { type: 'string', description: 'The value received, shortened; never of a secret field.' },
          message: text,
          remedy: text,
        },
      },
    },
  },
}

const liveOperation: Operation = {
  operationId: 'platform.listen',
  summary: 'What changes, as Server-Sent Events: topic and id, never data',
  description: 'Anybody signed in, or with an API key, for the topics he may read.',
  tags: ['platform'],
  security: [{ session: [] }, { key: [] }],
  parameters: [{ name: 'topics', in: 'query', required: true, description: 'Separated by commas.', schema: text }],
  responses: {
    200: { description: 'Events named `change`: {"topic": …, "id": …}', content: { 'text/event-stream': { schema: text } } },
    401: { $ref: '#/components/responses/sign-in-needed' } as unknown as Response,
    403: { $ref: '#/components/responses/not-permitted' } as unknown as Response,
    422: { $ref: '#/components/responses/validation' } as unknown as Response,
  },
  'x-problems': ['sign-in-needed', 'key-refused', 'not-permitted', 'validation'],
}
