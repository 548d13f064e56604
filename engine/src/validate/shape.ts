import type { ModelError } from '../api.ts'
import { decimalsOf } from '../decimal.ts'
import {
  empty,
  missingField,
  outOfRange,
  type Place,
  pointer,
  reservedId,
  text,
  tooMany,
  tooManyDecimals,
  unknownField,
  wrongType,
} from '../errors.ts'
import type { LocalizedText } from '../model.ts'
import { nearest } from '../nearest.ts'

/** What a JSON value must look like: reads a value and reports what is wrong, and says the same as JSON Schema. */
export interface Shape {
  schema: JsonSchema
  read: (value: unknown, reading: Reading) => void
}

export type JsonSchema = { [keyword: string]: unknown }

/** What was found wrong so far, and where the reader stands: paths are written for errors, not for a million values that are right. */
export interface Reading {
  errors: ModelError[]
  /** from the whole value to the one that is read */
  steps: (string | number)[]
  /** the id of the innermost object that has one */
  rule: string | undefined
}

/** No more errors are looked for in one model. */
export const errorLimit = 100

/** Everything that is wrong with the shape of a value. */
export function shapeErrors(shape: Shape, value: unknown): ModelError[] {
  const reading: Reading = { errors: [], steps: [], rule: undefined }
  shape.read(value, reading)
  return reading.errors
}

const enough = ({ errors }: Reading) => errors.length >= errorLimit

function refuse<Rest extends unknown[]>(
  { errors, steps, rule }: Reading,
  error: (at: Place, ...rest: Rest) => ModelError,
  ...rest: Rest
): void {
  errors.push(error({ path: pointer(...steps), ...(rule !== undefined && { rule }) }, ...rest))
}

function readBelow(step: string | number, shape: Shape, value: unknown, reading: Reading): void {
  reading.steps.push(step)
  shape.read(value, reading)
  reading.steps.pop()
}

/** Names every object has from birth, and the wildcard of tables. */
const reserved = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype', '*'])

export function words(most: number, { pattern, expected }: { pattern?: RegExp; expected?: LocalizedText } = {}): Shape {
  return {
    schema: { type: 'string', minLength: 1, maxLength: most, ...(pattern && { pattern: pattern.source }) },
    read(value, reading) {
      if (typeof value !== 'string' || (pattern && !pattern.test(value)))
        refuse(reading, wrongType, value, expected ?? text('文本', 'text'))
      else if (value.length === 0) refuse(reading, empty, text('文本', 'the text'))
      else if (value.length > most) refuse(reading, tooMany, text('字符', 'characters'), value.length, most)
    },
  }
}

/** An id: any characters but control characters, no name that is reserved. */
export const identifier: Shape = {
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
  read(value, reading) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (typeof value !== 'string' || value === '' || value.length > 200 || /[\u0000-\u001f\u007f]/.test(value)) {
      const expected = text('1 到 200 个字符的标识（不含控制字符）', 'an id of 1 to 200 characters without control characters')
      refuse(reading, wrongType, value, expected)
    } else if (reserved.has(value)) refuse(reading, reservedId, value)
  },
}

export const flag: Shape = {
  schema: { type: 'boolean' },
  read(value, reading) {
    if (typeof value !== 'boolean') refuse(reading, wrongType, value, text('true 或 false', 'true or false'))
  },
}

/** A number with at most six digits after the point, or an integer. Bounds inclusive. */
export function numeric({
  min = -1e12,
  max = 1e12,
  integer = false,
}: {
  min?: number
  max?: number
  integer?: boolean
} = {}): Shape {
  return {
    schema: { type: integer ? 'integer' : 'number', minimum: min, maximum: max },
    read(value, reading) {
      if (typeof value !== 'number' || (integer && Number.isFinite(value) && !Number.isInteger(value)))
        refuse(reading, wrongType, value, integer ? text('整数', 'an integer') : text('数字', 'a number'))
      else if (!(value >= min && value <= max)) refuse(reading, outOfRange, value, min, max)
      else if (decimalsOf(value) > 6) refuse(reading, tooManyDecimals, value, 6)
    },
  }
}

export function oneOf(...values: string[]): Shape {
  const listed = values.map(value => `"${value}"`)
  return {
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    read(value, reading) {
      if (typeof value !== 'string' || !values.includes(value))
        refuse(reading, wrongType, value, text(listed.join('、'), listed.join(' or ')))
    },
  }
}

export const nothing: Shape = {
  schema: { type: 'null' },
  read(value, reading) {
    if (value !== null) refuse(reading, wrongType, value, text('null', 'null'))
  },
}

export function list(item: Shape, { min = 0, max, what }: { min?: number; max: number; what: LocalizedText }): Shape {
  return {
    schema: { type: 'array', items: item.schema, ...(min > 0 && { minItems: min }), maxItems: max },
    read(value, reading) {
      if (!Array.isArray(value)) refuse(reading, wrongType, value, text('列表 […]', 'a list […]'))
      else if (value.length === 0 && min > 0) refuse(reading, empty, what)
      else if (value.length < min) refuse(reading, outOfRange, value.length, min, undefined)
      else if (value.length > max) refuse(reading, tooMany, what, value.length, max)
      else for (let i = 0; i < value.length && !enough(reading); i++) readBelow(i, item, value[i], reading)
    },
  }
}

/** An object whose keys are ids. */
export function byId(item: Shape): Shape {
  return {
    schema: { type: 'object', propertyNames: identifier.schema, additionalProperties: item.schema },
    read(value, reading) {
      if (!isObject(value)) return refuse(reading, wrongType, value, text('对象 {…}', 'an object {…}'))
      for (const key of Object.keys(value)) {
        if (enough(reading)) return
        readBelow(key, identifier, key, reading)
        readBelow(key, item, value[key], reading)
      }
    },
  }
}

export type Fields = Record<string, Shape | { optional: Shape }>

/** An object with these fields and no others. Errors inside it name its `id`. */
export function object(fields: Fields): Shape {
  const shapes = new Map(Object.entries(fields).map(([name, field]) => [name, 'optional' in field ? field.optional : field]))
  const required = Object.keys(fields).filter(name => !('optional' in fields[name]!))
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries([...shapes].map(([name, shape]) => [name, shape.schema])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    read(value, reading) {
      if (!isObject(value)) return refuse(reading, wrongType, value, text('对象 {…}', 'an object {…}'))
      const outer = reading.rule
      if (Object.hasOwn(value, 'id') && typeof value.id === 'string') reading.rule = value.id
      for (const name of required) if (!Object.hasOwn(value, name)) refuse(reading, missingField, name)
      for (const name of Object.keys(value)) {
        if (enough(reading)) break
        const shape = shapes.get(name)
        reading.steps.push(name)
        if (shape) shape.read(value[name], reading)
        else refuse(reading, unknownField, name, nearest(name, shapes.keys()))
        reading.steps.pop()
      }
      reading.rule = outer
    },
  }
}

/** Objects told apart by their field `kind`. */
export function byKind(kinds: Record<string, Fields>): Shape {
  const shapes = new Map(Object.entries(kinds).map(([kind, fields]) => [kind, object({ kind: oneOf(kind), ...fields })]))
  const kind = oneOf(...shapes.keys())
  return {
    schema: { oneOf: [...shapes.values()].map(({ schema }) => schema) },
    read(value, reading) {
      if (!isObject(value)) return refuse(reading, wrongType, value, text('对象 {…}', 'an object {…}'))
      if (!Object.hasOwn(value, 'kind')) return refuse(reading, missingField, 'kind')
      const shape = typeof value.kind === 'string' ? shapes.get(value.kind) : undefined
      if (shape) shape.read(value, reading)
      else readBelow('kind', kind, value.kind, reading)
    },
  }
}

/** Whichever shape `choose` finds the value meant to have. */
export function either(shapes: Shape[], expected: LocalizedText, choose: (value: unknown) => Shape | undefined): Shape {
  return {
    schema: { anyOf: shapes.map(({ schema }) => schema) },
    read(value, reading) {
      const shape = choose(value)
      if (shape) shape.read(value, reading)
      else refuse(reading, wrongType, value, expected)
    },
  }
}

/** A shape with a name of its own in the published schema. */
export function named(name: string, shape: Shape): Shape & { definition: [string, JsonSchema] } {
  return { schema: { $ref: `#/$defs/${name}` }, read: shape.read, definition: [name, shape.schema] }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
