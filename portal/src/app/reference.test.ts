import { expect, test } from 'vitest'
import { listProducts } from '#features/products/server'
import { testPortal } from '../../test/test-portal.ts'
import type { OpenApi } from '../platform/server/http-openapi.ts'
import { undescribedProblems } from '../platform/server/http-reference.ts'
import { loadDemo } from './demo.ts'
import { features } from './features.ts'

const { request, database, platform } = await testPortal()
await loadDemo(platform)
const product = (await listProducts(database, 'stranger'))[0]!
/** what leads past the first check, so that the second is asked too */
const real: Record<string, string> = { slug: product.slug, modelVersionId: product.modelVersionId }
const document = (await (await request('/api/openapi.json')).json()) as OpenApi
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)

test('the OpenAPI document says what every route does', () => {
  expect(document.openapi).toBe('3.1.0')
  const routes = features.flatMap(feature => feature.routes ?? [])
  expect(operations.length).toBe(routes.length + 1)
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  for (const { path, operation } of operations) {
    expect(operation.summary, path).toBeTruthy()
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
    expect(operation.parameters.filter(one => one.in === 'path').map(one => one.name)).toEqual(inPath)
    expect(
      Object.keys(operation.responses).some(status => status.startsWith('2')),
      path,
    ).toBe(true)
  }
})

test('every reference in the document leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(match => match[1]!)
  expect(references.length).toBeGreaterThan(10)
  for (const reference of references) {
    if (reference === '#') continue // a schema that contains itself
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document)
    expect(target, reference).toBeDefined()
  }
})

test('every problem type an endpoint names is described by a feature', () => {
  expect(undescribedProblems(features)).toEqual([])
})

const wrongValues = [
  null,
  7,
  -1,
  1e308,
  0.5,
  true,
  'x',
  '',
  'a\u0000b',
  '\ud800',
  [],
  [[]],
  {},
  { a: { b: null } },
  'x'.repeat(5000),
]

// Signing out comes last: the walk needs its session.
const walked = operations
  .filter(({ path }) => path !== '/api/v1/live')
  .sort((a, b) => Number(a.path.includes('/auth/')) - Number(b.path.includes('/auth/')) || a.path.localeCompare(b.path))

test('a wrong type in any field of any endpoint is never our failure', async () => {
  const failures: string[] = []
  const statuses = new Map<string, number[]>()
  for (const { path, method, operation } of walked) {
    const call = async (url: string, body?: unknown) => {
      const answer = await request(
        url,
        {
          method,
          headers: { 'content-type': 'application/json', 'if-match': '"1"' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        'admin',
      )
      statuses.set(operation.operationId, [...(statuses.get(operation.operationId) ?? []), answer.status])
      if (answer.status >= 500)
        failures.push(`${method} ${url.slice(0, 200)} ${JSON.stringify(body)?.slice(0, 200)}: ${await answer.text()}`)
      else await answer.arrayBuffer()
    }
    const sane = path.replace(/\{(\w+)\}/g, (_, name: string) => real[name] ?? crypto.randomUUID())
    const schema = operation.requestBody?.content['application/json']?.schema
    for (const wrong of ['0', 'x', '%00', '%E0%A4', "'", '9'.repeat(400), '..%2f', crypto.randomUUID()]) {
      if (path.includes('{')) await call(path.replace(/\{\w+\}/g, wrong), schema && {})
    }
    for (const { name } of operation.parameters.filter(one => one.in === 'query')) {
      for (const wrong of [
        '',
        'x',
        '-1',
        '1e400',
        '%00',
        '%ED%A0%80',
        'x'.repeat(3000),
        'eyJhIjoxfQ',
        'W10',
        'bnVsbA',
        'a&x=b',
      ]) {
        await call(`${sane}?${name}=${wrong}&${name === 'limit' ? '' : 'limit=2'}`)
      }
    }
    if (!schema) continue
    for (const body of wrongValues) await call(sane, body)
    for (const body of variations(schema, document)) await call(sane, body)
  }
  expect(failures).toEqual([])
  const turnedAway = [...statuses].filter(([id, seen]) => !id.startsWith('accounts.') && seen.includes(401))
  expect(turnedAway, 'the walk was signed in').toEqual([])
  expect((await database.pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
}, 600_000)

type Schema = { [key: string]: unknown }

/** Bodies that fit the schema but for one place, which gets every other wrong value, its neighbour the rest. */
function* variations(schema: Schema, root: OpenApi): Generator<unknown> {
  const fitting = example(schema, root, 0)
  for (const [place, path] of [...places(fitting)].entries()) {
    for (const [n, wrong] of wrongValues.entries()) if ((n + place) % 2 === 0) yield replaced(fitting, path, wrong)
  }
}

function example(schema: Schema, root: OpenApi, depth: number): unknown {
  const {
    $ref,
    anyOf,
    oneOf,
    allOf,
    type,
    properties = {},
    items,
    enum: values,
    const: only,
    default: preset,
  } = schema as {
    [key: string]: never
  } & Schema
  if ($ref) return depth > 6 ? null : example(root.components.schemas[String($ref).split('/').at(-1)!] ?? {}, root, depth + 1)
  if (only !== undefined) return only
  if (values) return (values as unknown[])[0]
  if (preset !== undefined) return preset
  const choice = (anyOf ?? oneOf ?? allOf) as Schema[] | undefined
  if (choice) return example(choice[0]!, root, depth + 1)
  if (depth > 8) return null
  switch (type as unknown) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties as Record<string, Schema>).map(([name, one]) => [
          name,
          real[name] ?? example(one, root, depth + 1),
        ]),
      )
    case 'array':
      return items ? [example(items as Schema, root, depth + 1)] : []
    case 'string':
      return (
        { email: 'a@b.example', uuid: '01a20074-4854-7191-b93c-19cecbfe89a6', 'date-time': '2026-05-01T08:00:00Z' }[
          String(schema.format)
        ] ?? 'example-text'
      )
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1))
    case 'boolean':
      return true
    default:
      return 'anything'
  }
}

function* places(value: unknown, path: string[] = []): Generator<string[]> {
  if (path.length > 0) yield path
  if (value !== null && typeof value === 'object' && path.length < 5) {
    for (const [key, inner] of Object.entries(value)) yield* places(inner, [...path, key])
  }
}

function replaced(value: unknown, [step, ...rest]: string[], wrong: unknown): unknown {
  if (step === undefined) return wrong
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[step] = replaced(copy[step], rest, wrong)
  return copy
}
