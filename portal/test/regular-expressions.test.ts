import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkSync } from 'recheck'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { features } from '../src/app/features.ts'
import { openApi } from '../src/platform/server/http-openapi.ts'

interface Found {
  source: string
  flags: string
  at: string
}

const project = join(import.meta.dirname, '../..')

/**
 * Expressions that take more than linear time: with the longest text they ever meet, where who sends it is a stranger. What grows with
 * the square of a thousand characters is a million steps; beyond that the expression has to be written otherwise.
 */
const known: Record<string, { longest: number } | { because: string }> = {
  '/^[.\\s]+|[.\\s]+$/gu': { longest: 1000 }, // file-name.ts cuts the name first
  '/[.\\s]+$/u': { longest: 1000 },
  '/^(.).*(@.*)$/': { longest: 254 }, // an e-mail address that its schema has let through
  '/^[^\\p{L}]+|[^\\p{L}]+$/gu': { longest: 1000 }, // a password that its schema has let through
  '/[^\\s<>"\'(),;:]+@[^\\s<>"\'(),;:]+/g': { longest: 1000 }, // an error's text, cut first
  '/\\/+$/': { because: 'reads a setting of the operator' },
  '/^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/': { because: 'runs in the browser of who typed the text' },
  '/<script([^>]*) type="module" async="">/g': { because: 'reads the page that the portal has written itself' },
  '/<(script|foreignobject|iframe|object|embed)\\b|<[^>]*\\s(on\\w+|href|xlink:href|src)\\s*=/i': {
    because: 'reads the drawing that the portal has written itself',
  },
}

const mostSteps = 1_000_000

const literals = ['engine/src', 'tracker/src', 'portal/src']
  .flatMap(folder => readdirSync(join(project, folder), { recursive: true, withFileTypes: true }))
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name))
  .flatMap(file => regularExpressions(file))

/** Every literal of a file, and `new RegExp` of anything, which has the source null. */
function regularExpressions(file: string): (Found | { source: null; at: string })[] {
  const found: (Found | { source: null; at: string })[] = []
  const text = readFileSync(file, 'utf8')
  const at = relative(project, file).replaceAll('\\', '/')
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const { type, regex, callee } = node as {
      type?: string
      regex?: { pattern: string; flags: string }
      callee?: { name?: string }
    }
    if (type === 'Literal' && regex) found.push({ source: regex.pattern, flags: regex.flags, at })
    if ((type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp') found.push({ source: null, at })
    Object.values(node).forEach(visit)
  }
  visit(parseSync(file, text).program)
  return found
}

/** `pattern` wherever a schema of the OpenAPI document has one: zod's own, for mail addresses, ids and times, among them. */
function patternsOf(schema: unknown, at: string): Found[] {
  if (Array.isArray(schema)) return schema.flatMap(part => patternsOf(part, at))
  if (schema === null || typeof schema !== 'object') return []
  const { pattern, ...rest } = schema as { pattern?: unknown }
  const own = typeof pattern === 'string' ? [{ source: pattern, flags: 'u', at }] : []
  return [...own, ...Object.values(rest).flatMap(part => patternsOf(part, at))]
}

const published = Object.entries(
  openApi(
    features.flatMap(feature => feature.routes ?? []).map(route => route.endpoint),
    new Map(),
    {},
  ).paths,
).flatMap(([path, methods]) => patternsOf(methods, `OpenAPI ${path}`))

test('no expression that meets a stranger’s text takes more steps than it may', () => {
  const all = [...literals.filter(found => found.source !== null), ...published]
  const unique = new Map(all.map(found => [`/${found.source}/${found.flags}`, found]))
  expect(unique.size).toBeGreaterThan(100)
  const slow: string[] = []
  for (const [name, { source, flags, at }] of unique) {
    const checked = checkSync(source, flags, { timeout: 20_000 })
    if (checked.status === 'safe') continue
    const reason = known[name]
    if (reason && 'because' in reason) continue
    const complexity = checked.status === 'vulnerable' ? checked.complexity : undefined
    const degree = complexity?.type === 'polynomial' ? complexity.degree : Number.POSITIVE_INFINITY
    if (reason && reason.longest ** degree <= mostSteps) continue
    slow.push(`${at}: ${name} is ${checked.status}, ${complexity?.summary ?? 'unknown'}`)
  }
  expect(slow).toEqual([])
}, 300_000)

test('no expression is put together at run time, but for names of cookies and columns that the code itself holds', () => {
  expect([...new Set(literals.filter(found => found.source === null).map(({ at }) => at))].sort()).toEqual([
    'portal/src/features/accounts/server/known-devices.ts',
    'portal/src/features/accounts/server/provider-routes.ts',
    'portal/src/platform/server/migration-rules.ts',
    'portal/src/platform/server/seal-columns.ts',
    'portal/src/platform/web/layout/console-shell.tsx',
  ])
})

test('an expression that backtracks without bound would be found', () => {
  expect(checkSync('^(\\w+\\s?)*$', '').status).toBe('vulnerable')
})
