import type { z } from 'zod'

/**
 * Fields with a right of their own: `net: z.number().nullable().meta({ right: 'cost.read' })`. Who lacks the permission gets null
 * there, or nothing where the field may be left out. A field that can be neither has no right to hide it.
 */
export function withhold(schema: z.ZodType, value: unknown, may: (permission: string) => boolean): unknown {
  const right = rightOf(schema)
  if (right !== null && !may(right)) return schema.safeParse(null).success ? null : undefined
  return inside(schema, value, may)
}

function inside(schema: z.ZodType, value: unknown, may: (permission: string) => boolean): unknown {
  if (value === null || typeof value !== 'object') return value
  const def = schema.def as Def
  if (def.innerType) return inside(def.innerType, value, may)
  if (def.element && Array.isArray(value)) return value.map(one => withhold(def.element!, one, may))
  if (def.options) return def.options.reduce<unknown>((shown, option) => inside(option, shown, may), value)
  if (def.valueType) return mapValues(value, one => withhold(def.valueType!, one, may))
  if (!def.shape) return value
  const shown = Object.entries(value).map(([name, one]) => [name, def.shape![name] ? withhold(def.shape![name], one, may) : one])
  return Object.fromEntries(shown.filter(([, one]) => one !== undefined))
}

/** The rights a result's fields ask for; throws the names of those that could not be withheld. */
export function fieldRights(schema: z.ZodType, path = '', seen = new Set<z.ZodType>()): string[] {
  if (seen.has(schema)) return [] // a schema may contain itself
  seen.add(schema)
  const right = rightOf(schema)
  if (right !== null && !schema.safeParse(null).success && !schema.safeParse(undefined).success)
    throw new Error(`${path || 'The result'} has a right of its own and must be nullable or optional`)
  const { innerType, element, options = [], valueType, shape = {} } = schema.def as Def
  const below = [innerType, element, valueType, ...options].filter(part => part !== undefined)
  return [
    ...(right === null ? [] : [right]),
    ...below.flatMap(part => fieldRights(part, path, seen)),
    ...Object.entries(shape).flatMap(([name, part]) => fieldRights(part, `${path}/${name}`, seen)),
  ]
}

interface Def {
  innerType?: z.ZodType
  element?: z.ZodType
  options?: z.ZodType[]
  valueType?: z.ZodType
  shape?: Record<string, z.ZodType>
}

const rightOf = (schema: z.ZodType): string | null => {
  const right = schema.meta()?.right
  return typeof right === 'string' ? right : null
}

const mapValues = (value: object, change: (one: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]))
