import type { Chance } from './chance.ts'

export type Schema = { [key: string]: unknown }

/** Texts that have broken programs: each stands for a kind of mistake. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\t\n',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e\u2066gnp.exe',
  '\ufeff\u200b\u00ad',
  '😀'.repeat(50),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  'İıſK',
  "' or '1'='1",
  "'; drop table lead; --",
  '" or ""="',
  "\\'; select 1 --",
  '%',
  '_%_\\',
  '%s%n%x',
  '$1',
  '#{7*7}{{7*7}}<%= 7*7 %>',
  '<script>document.title="run"</script>',
  '"><img src=x onerror=document.title="run">',
  "javascript:document.title='run'",
  '<!--#exec cmd="id"--><?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd%00.png',
  'http://169.254.169.254/latest/meta-data/',
  '//elsewhere.example',
  '=cmd|" /C calc"!A0',
  '\r\nSet-Cookie: hostile=1',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e309',
  '9007199254740993',
  '99999999999999999999999999',
  '0x10',
  '1,5',
  '2026-02-31T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
  'a@b',
  `${'a'.repeat(64)}@${'b.'.repeat(90)}cd`,
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'x'.repeat(10_000),
  '一'.repeat(3000),
  '\u0301'.repeat(2000),
  'bnVsbA',
  'eyJhdCI6IngiLCJpZCI6MX0',
]

const hostileNumbers = [0, -0, -1, 1.5, 0.1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324]

/** Something of any type that no schema hopes for. */
export function hostileValue(chance: Chance): unknown {
  const kinds: (() => unknown)[] = [
    () => chance.pick(hostileTexts),
    () => chance.pick(hostileNumbers),
    () => chance.pick([null, true, false]),
    () => [],
    () => ({}),
    () => Array.from({ length: 3000 }, () => chance.pick(hostileNumbers)),
    () => Object.fromEntries(hostileTexts.slice(0, 30).map(text => [text, text])),
    () => JSON.parse('{"__proto__":{"admin":true,"roles":["admin"]},"constructor":{"prototype":{"admin":true}}}'),
    () => nested(chance.pick([5, 99, 100, 101, 500]), chance),
    () => ({ length: 1e9, toString: 'x', then: 'y', toJSON: 1 }),
  ]
  return chance.pick(kinds)()
}

function nested(depth: number, chance: Chance): unknown {
  let value: unknown = chance.pick(hostileTexts)
  for (let level = 0; level < depth; level++) value = chance.in(0.5) ? [value] : { a: value }
  return value
}

/** A value the schema takes, or nearly: patterns are not followed but where the name tells what is meant. */
export function exampleOf(
  schema: Schema,
  at: { chance: Chance; definitions: Record<string, Schema>; known: Known; name: string },
): unknown {
  const { chance, definitions, known, name } = at
  if (typeof schema.$ref === 'string') return exampleOf(definitions[schema.$ref.split('/').at(-1)!] ?? {}, at)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return chance.pick(schema.enum)
  for (const word of ['anyOf', 'oneOf'] as const)
    if (Array.isArray(schema[word])) return exampleOf(chance.pick(schema[word]) as Schema, at)
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(part => exampleOf(part as Schema, at)))
  if (known[name] && chance.in(0.7)) return chance.pick(known[name])
  if ('default' in schema && chance.in(0.3)) return schema.default
  switch (Array.isArray(schema.type) ? chance.pick(schema.type) : schema.type) {
    case 'null':
      return null
    case 'boolean':
      return chance.in(0.5)
    case 'integer':
    case 'number':
      return numberOf(schema, chance)
    case 'string':
      return textOf(schema, chance)
    case 'array':
      return Array.from({ length: countOf(schema, chance) }, () => exampleOf((schema.items as Schema) ?? {}, at))
    case 'object':
      return objectOf(schema, at)
    default:
      return chance.pick(['text', 1, true, null, [], {}])
  }
}

/** Real values by the name of the field or parameter they belong to: ids and tokens of things that exist. */
export type Known = Record<string, readonly unknown[]>

function objectOf(schema: Schema, at: Parameters<typeof exampleOf>[1]): Record<string, unknown> {
  const required = (schema.required as string[]) ?? []
  const given: [string, unknown][] = Object.entries((schema.properties as Record<string, Schema>) ?? {})
    .filter(([name]) => required.includes(name) || at.chance.in(0.6))
    .map(([name, part]) => [name, exampleOf(part, { ...at, name })])
  const more = schema.additionalProperties
  if (more && typeof more === 'object')
    for (let extra = at.chance.below(4); extra > 0; extra--) given.push([`key_${extra}`, exampleOf(more as Schema, at)])
  return Object.fromEntries(given)
}

function numberOf(schema: Schema, chance: Chance): number {
  const low = (schema.minimum as number) ?? (schema.exclusiveMinimum as number) ?? 0
  const high = (schema.maximum as number) ?? (schema.exclusiveMaximum as number) ?? 1000
  if (chance.in(0.2)) return chance.pick([low, high, low - 1, high + 1])
  const value = low + chance.next() * Math.min(high - low, 1000)
  return schema.type === 'integer' ? Math.round(value) : value
}

function textOf(schema: Schema, chance: Chance): string {
  switch (schema.format) {
    case 'uuid':
      return `b3c1f0de-0000-4000-8000-${String(chance.below(1e9)).padStart(12, '0')}`
    case 'email':
      return `visitor${chance.below(1000)}@visitor.example`
    case 'date-time':
      return '2026-05-04T03:02:01.000Z'
    case 'date':
      return '2026-05-04'
    case 'uri':
      return 'https://example.com/a'
  }
  const least = (schema.minLength as number) ?? 0
  const most = Math.min((schema.maxLength as number) ?? 40, 400)
  const length = chance.in(0.1) ? most : Math.min(most, least + chance.below(20))
  return 'Visitor text 机床 '.repeat(Math.ceil(length / 16) + 1).slice(0, Math.max(length, least))
}

const countOf = (schema: Schema, chance: Chance): number =>
  Math.max((schema.minItems as number) ?? 0, Math.min((schema.maxItems as number) ?? 3, chance.below(4)))

/** The same value with one place changed: replaced, dropped, doubled, or something added beside it. */
export function spoil(value: unknown, chance: Chance): unknown {
  if (value === null || typeof value !== 'object' || chance.in(0.25)) return hostileValue(chance)
  const keys = Object.keys(value)
  if (keys.length === 0 || chance.in(0.1)) return Array.isArray(value) ? [...value, hostileValue(chance)] : withKey(value, chance)
  const key = chance.pick(keys)
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? spoil(item, chance) : item))
  const { [key]: inner, ...rest } = value as Record<string, unknown>
  return chance.in(0.15) ? rest : { ...rest, [key]: spoil(inner, chance) }
}

const withKey = (value: object, chance: Chance) => ({ ...value, [chance.pick(hostileTexts)]: hostileValue(chance) })
