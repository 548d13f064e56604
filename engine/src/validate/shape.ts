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
  read: (value: unknown, place: Place, errors: ModelError[]) => void
}

export type JsonSchema = { [keyword: string]: unknown }

/** No more errors are looked for in one model. */
export const errorLimit = 100

/** Names every object has from birth, and the wildcard of tables. */
export function isReserved(id: string): boolean {
  return id in Object.prototype || id === 'prototype' || id === '*'
}

export function words(most: number, { pattern, expected }: { pattern?: RegExp; expected?: LocalizedText } = {}): Shape {
  return {
    schema: { type: 'string', minLength: 1, maxLength: most, ...(pattern && { pattern: pattern.source }) },
    read(value, place, errors) {
      if (typeof value !== 'string' || (pattern && !pattern.test(value)))
        errors.push(wrongType(place, value, expected ?? text('文本', 'text')))
      else if (value.length === 0) errors.push(empty(place, text('文本', 'the text')))
      else if (value.length > most) errors.push(tooMany(place, text('字符', 'characters'), value.length, most))
    },
  }
}

/** An id: any characters but control characters, no name that is reserved. */
export const identifier: Shape = {
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
  read(value, place, errors) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (typeof value !== 'string' || value === '' || value.length > 200 || /[\u0000-\u001f\u007f]/.test(value)) {
      errors.push(
        wrongType(
          place,
          value,
          text('1 到 200 个字符的标识（不含控制字符）', 'an id of 1 to 200 characters without control characters'),
        ),
      )
    } else if (isReserved(value)) errors.push(reservedId(place, value))
  },
}

export const flag: Shape = {
  schema: { type: 'boolean' },
  read(value, place, errors) {
    if (typeof value !== 'boolean') errors.push(wrongType(place, value, text('true 或 false', 'true or false')))
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
    read(value, place, errors) {
      if (typeof value !== 'number' || (integer && Number.isFinite(value) && !Number.isInteger(value))) {
        errors.push(wrongType(place, value, integer ? text('整数', 'an integer') : text('数字', 'a number')))
      } else if (!(value >= min && value <= max)) errors.push(outOfRange(place, value, min, max))
      else if (decimalsOf(value) > 6) errors.push(tooManyDecimals(place, value, 6))
    },
  }
}

export function oneOf(...values: string[]): Shape {
  const listed = values.map(value => `"${value}"`)
  return {
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    read(value, place, errors) {
      if (typeof value === 'string' && values.includes(value)) return
      errors.push(wrongType(place, value, text(listed.join('、'), listed.join(' or '))))
    },
  }
}

export const nothing: Shape = {
  schema: { type: 'null' },
  read(value, place, errors) {
    if (value !== null) errors.push(wrongType(place, value, text('null', 'null')))
  },
}

export function list(item: Shape, { min = 0, max, what }: { min?: number; max: number; what: LocalizedText }): Shape {
  return {
    schema: { type: 'array', items: item.schema, ...(min > 0 && { minItems: min }), maxItems: max },
    read(value, place, errors) {
      if (!Array.isArray(value)) errors.push(wrongType(place, value, text('列表 […]', 'a list […]')))
      else if (value.length === 0 && min > 0) errors.push(empty(place, what))
      else if (value.length < min) errors.push(outOfRange(place, value.length, min, undefined))
      else if (value.length > max) errors.push(tooMany(place, what, value.length, max))
      else {
        for (let i = 0; i < value.length && errors.length < errorLimit; i++)
          item.read(value[i], { ...place, path: `${place.path}/${i}` }, errors)
      }
    },
  }
}

/** An object whose keys are ids. */
export function byId(item: Shape): Shape {
  return {
    schema: { type: 'object', propertyNames: identifier.schema, additionalProperties: item.schema },
    read(value, place, errors) {
      if (!isObject(value)) return void errors.push(wrongType(place, value, text('对象 {…}', 'an object {…}')))
      for (const key of Object.keys(value)) {
        if (errors.length >= errorLimit) return
        const own = { ...place, path: place.path + pointer(key) }
        identifier.read(key, own, errors)
        item.read(value[key], own, errors)
      }
    },
  }
}

export type Fields = Record<string, Shape | { optional: Shape }>

/** An object with these fields and no others. Errors inside it name its `id`. */
export function object(fields: Fields): Shape {
  const shapes = new Map(Object.entries(fields).map(([name, field]) => [name, 'optional' in field ? field.optional : field]))
  const steps = new Map(Object.keys(fields).map(name => [name, pointer(name)]))
  const required = Object.keys(fields).filter(name => !('optional' in fields[name]!))
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries([...shapes].map(([name, shape]) => [name, shape.schema])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    read(value, place, errors) {
      if (!isObject(value)) return void errors.push(wrongType(place, value, text('对象 {…}', 'an object {…}')))
      const here = Object.hasOwn(value, 'id') && typeof value.id === 'string' ? { path: place.path, rule: value.id } : place
      for (const name of required) if (!Object.hasOwn(value, name)) errors.push(missingField(here, name))
      for (const name of Object.keys(value)) {
        if (errors.length >= errorLimit) return
        const own = { ...here, path: here.path + (steps.get(name) ?? pointer(name)) }
        const shape = shapes.get(name)
        if (shape) shape.read(value[name], own, errors)
        else errors.push(unknownField(own, name, nearest(name, shapes.keys())))
      }
    },
  }
}

/** Objects told apart by their field `kind`. */
export function byKind(kinds: Record<string, Fields>): Shape {
  const shapes = new Map(Object.entries(kinds).map(([kind, fields]) => [kind, object({ kind: oneOf(kind), ...fields })]))
  const kind = oneOf(...shapes.keys())
  return {
    schema: { oneOf: [...shapes.values()].map(({ schema }) => schema) },
    read(value, place, errors) {
      if (!isObject(value)) return void errors.push(wrongType(place, value, text('对象 {…}', 'an object {…}')))
      if (!Object.hasOwn(value, 'kind')) return void errors.push(missingField(place, 'kind'))
      const shape = typeof value.kind === 'string' ? shapes.get(value.kind) : undefined
      if (shape) shape.read(value, place, errors)
      else kind.read(value.kind, { ...place, path: `${place.path}/kind` }, errors)
    },
  }
}

/** Whichever shape `choose` finds the value meant to have. */
export function either(shapes: Shape[], expected: LocalizedText, choose: (value: unknown) => Shape | undefined): Shape {
  return {
    schema: { anyOf: shapes.map(({ schema }) => schema) },
    read(value, place, errors) {
      const shape = choose(value)
      if (shape) shape.read(value, place, errors)
      else errors.push(wrongType(place, value, expected))
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
