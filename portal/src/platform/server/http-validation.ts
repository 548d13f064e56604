import type { z } from 'zod'
import type { AnyEndpoint } from '#platform/core'
import { explainIssue, isStorable } from '#platform/core'
import { invalid, type LocalizedFieldError } from './errors.ts'

type Place = 'body' | 'query' | 'path'

interface Received {
  params: Record<string, string>
  query: Record<string, string[]>
  body: unknown
}

/** What the endpoint's schemas let through; throws the validation failure that names every wrong field otherwise. */
export function validate(endpoint: AnyEndpoint, received: Received) {
  const errors: LocalizedFieldError[] = []
  const check = (schema: z.ZodType | undefined, value: unknown, place: Place) => {
    if (!schema) return undefined
    const read = faultsIn(schema, value, place)
    errors.push(...read.errors)
    return read.value
  }
  const params = check(endpoint.params, received.params, 'path')
  const query = check(endpoint.query, endpoint.query && readQuery(endpoint.query, received.query), 'query')
  const body = endpoint.transfers === 'upload' ? received.body : check(endpoint.body, received.body, 'body')
  if (errors.length > 0) throw invalid(errors.slice(0, 50))
  return { params, query, body }
}

/** The value as the schema makes it, and what is wrong with it, by path. */
export function faultsIn(
  schema: z.ZodType,
  value: unknown,
  place: Place = 'body',
): { value: unknown; errors: LocalizedFieldError[] } {
  const unstorable = findUnstorable(value, place)
  if (unstorable) return { value, errors: [unstorable] }
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, errors: [] }
  return { value, errors: flatten(result.error.issues).map(issue => fieldError(issue, value, place)) }
}

// Of a union's branches the one that got furthest tells most; where none got anywhere, the union itself is what is wrong.
function flatten(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap(issue => {
    if (issue.code !== 'invalid_union') return [issue]
    const best = issue.errors.filter(branch => branch.every(one => one.path.length > 0)).sort((a, b) => a.length - b.length)[0]
    if (!best || best.length === 0) return [issue]
    return flatten(best.map(one => ({ ...one, path: [...issue.path, ...one.path] })))
  })
}

function fieldError(issue: z.core.$ZodIssue, root: unknown, place: Place): LocalizedFieldError {
  const value = valueAt(root, issue.path)
  return { field: fieldName(issue.path, place), ...shownValue(issue.path, value), ...explainIssue(issue, value) }
}

function fieldName(path: PropertyKey[], place: Place): string {
  const steps = path.map(step => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
  return place === 'body' ? steps.map(step => `/${step}`).join('') : `${place}/${steps.join('/')}`
}

const valueAt = (root: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    root,
  )

const secretName = /password|secret|token|code|otp/i

function shownValue(path: PropertyKey[], value: unknown): { value?: string } {
  if (value === undefined || path.length === 0 || path.some(step => secretName.test(String(step)))) return {}
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return { value: text.length > 80 ? `${text.slice(0, 80)}…` : text }
}

/**
 * A query's texts in the types its schema names: numbers, booleans and lists arrive as text. What does not read as its type
 * stays as it came, so that the schema complains about it by name. An empty value counts as absent.
 */
function readQuery(schema: z.ZodObject, received: Record<string, string[]>): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const given = (Object.hasOwn(received, name) ? received[name]! : []).filter(text => text !== '')
    if (given.length === 0) continue
    const inner = unwrap(field as z.ZodType)
    if (inner.def.type === 'array') {
      const element = unwrap((inner as z.ZodArray).element as z.ZodType)
      query[name] = given.map(text => readText(text, element))
    } else query[name] = given.length === 1 ? readText(given[0]!, inner) : given
  }
  return query
}

function readText(text: string, schema: z.ZodType): unknown {
  if (schema.def.type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (schema.def.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function unwrap(schema: z.ZodType): z.ZodType {
  const { def } = schema as unknown as { def: { innerType?: z.ZodType; in?: z.ZodType } }
  if (def.innerType) return unwrap(def.innerType)
  if (schema.def.type === 'pipe' && def.in) return unwrap(def.in)
  return schema
}

const deepest = 100

/** What the database cannot keep; no honest value nests a hundred levels. Iterative: nesting must not overflow. */
function findUnstorable(root: unknown, place: Place): LocalizedFieldError | null {
  const open: { value: unknown; path: string[] }[] = [{ value: root, path: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next
    if (typeof value === 'string' && !isStorable(value)) return unstorable(fieldName(path, place))
    if (value === null || typeof value !== 'object') continue
    if (path.length >= deepest) return tooDeep(fieldName(path.slice(0, 3), place))
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) return unstorable(fieldName(path, place))
      open.push({ value: inner, path: [...path, key] })
    }
  }
  return null
}

const unstorable = (field: string): LocalizedFieldError => ({
  field,
  message: { 'zh-CN': '含有不允许的控制字符。', en: 'This contains a character that cannot be stored.' },
  remedy: { 'zh-CN': '请删除不可见字符后重试。', en: 'Remove invisible characters and try again.' },
})

const tooDeep = (field: string): LocalizedFieldError => ({
  field,
  message: { 'zh-CN': '嵌套层次过深。', en: 'This is nested too deeply.' },
  remedy: { 'zh-CN': '请减少嵌套层次。', en: 'Nest it less deeply.' },
})
