import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { randomModel } from '../test/random-model.ts'
import { modelSchema } from './validate/model-shape.ts'
import { validate } from './validate.ts'

const published = join(import.meta.dirname, '../model.schema.json')
const examples = join(import.meta.dirname, '../../examples')

test('the published schema says what the validator checks', async () => {
  // vitest run -u writes it
  await expect(`${JSON.stringify(modelSchema(), null, 2)}\n`).toMatchFileSnapshot(published)
})

const schema = z.fromJSONSchema(JSON.parse(readFileSync(published, 'utf8')))

describe('examples', () => {
  const models = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(name => /(^|[/\\])model\.json$/.test(name))

  test('are found', () => expect(models.length).toBeGreaterThan(0))

  test.each(models)('%s is a model, by the schema and by the validator', name => {
    const json = JSON.parse(readFileSync(join(examples, name), 'utf8'))
    expect(validate(json).errors).toEqual([])
    expect(schema.safeParse(json).error).toBeUndefined()
  })
})

test('random models pass the schema', () => {
  fc.assert(
    fc.property(randomModel(), model => {
      expect(schema.safeParse(JSON.parse(JSON.stringify(model))).error).toBeUndefined()
    }),
  )
})

test('what the schema refuses the validator refuses too', () => {
  const odd = fc.constantFrom<unknown>(null, '', 0, -1, 1.5, 1e13, [], {}, 'constructor', true, ['a'])
  fc.assert(
    fc.property(randomModel(), fc.nat(), odd, (model, which, value) => {
      const json = JSON.parse(JSON.stringify(model))
      const places = everyPlace(json)
      const place = places[which % places.length]!
      place.holder[place.key] = value
      if (!schema.safeParse(json).success) expect(validate(json).errors).not.toEqual([])
    }),
    { numRuns: 300 },
  )
})

function everyPlace(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap(key => [{ holder, key }, ...everyPlace(holder[key])])
}
