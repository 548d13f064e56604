import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '@fettle/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomModel } from '../../../../../../engine/test/random-model.ts'
import { fromWorkbook, normalForm, toWorkbook } from './index.ts'

const examples = join(import.meta.dirname, '../../../../../../examples')
const names = readdirSync(examples, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
const models = names.flatMap(name => {
  try {
    return [[name, JSON.parse(readFileSync(join(examples, name, 'model.json'), 'utf8')) as Model] as const]
  } catch {
    return []
  }
})

function thereAndBack(model: Model): Model {
  const written = toWorkbook(model)
  if (!written.ok) throw new Error(written.error.message.en)
  const read = fromWorkbook(written.sheets)
  if (!read.ok) throw new Error(read.errors.map(({ path, message, value }) => `${path} ${value}: ${message.en}`).join('\n'))
  return read.model
}

test.each(models)('the model of %s comes back from its workbook as it was', (_, model) => {
  expect(thereAndBack(model)).toEqual(normalForm(model))
})

test('every model comes back from its workbook as it was', () => {
  fc.assert(
    fc.property(randomModel({ groups: 6, options: 4, constraints: 8 }), model => {
      expect(thereAndBack(model)).toEqual(JSON.parse(JSON.stringify(normalForm(model))))
    }),
    { numRuns: 100 },
  )
})

/** Texts that a form could misread: signs it knows, spaces, quotes, what XML cannot hold. */
const awkward = fc.oneof(
  fc.constantFrom(
    '表格 table',
    'table',
    '*',
    '# note',
    '※',
    'id',
    'Attribute',
    '是',
    '1',
    '1.50',
    '5..9',
    '"a"',
    'a,b',
    'a\\b',
    ' ',
    '属性 x',
    '#N/A',
    '_x0041_',
    'Remark',
    'true',
    '2024-01-01',
    'a\r\nb',
  ),
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
)
const id = fc
  .oneof(awkward, fc.string({ minLength: 1, maxLength: 5 }))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ids hold none
  .filter(one => !/[\u0000-\u001f\u007f]/.test(one) && !(one in {}) && one !== '*' && one !== 'prototype')
const label = fc.record({ 'zh-CN': awkward, en: awkward })

test('ids and texts of any kind come back as they were', () => {
  const arbitrary = fc
    .tuple(fc.uniqueArray(id, { minLength: 12, maxLength: 12 }), fc.array(label, { minLength: 6, maxLength: 6 }), awkward)
    .map(
      ([[a, b, c, d, e, f, g, h, i, j, k, l], [n1, n2, n3, n4, n5, n6], text]): Model => ({
        format: 'fettle-model/1',
        id: a!,
        version: text,
        name: n1!,
        description: n2!,
        currency: 'JPY',
        attributes: [{ id: b!, name: n3! }],
        interfaces: [{ id: c!, name: n4! }],
        groups: [
          {
            id: d!,
            kind: 'choose-one',
            name: n1!,
            help: n2!,
            options: [
              { id: e!, name: n5!, use: n6!, code: text, part: text, attributes: { [b!]: 1.5 }, offers: { [c!]: 2 } },
              { id: f!, name: n1!, media: { image: text } },
            ],
          },
          {
            id: g!,
            kind: 'choose-one',
            name: n2!,
            parent: e!,
            section: d!,
            options: [
              { id: h!, name: n2!, takes: { [c!]: 1 } },
              { id: i!, name: n3! },
            ],
          },
          { id: j!, kind: 'number', name: n1!, min: 0, max: 5, code: text },
        ],
        constraints: [
          { id: k!, kind: 'excludes', options: [e!, f!, h!], message: n5! },
          {
            id: l!,
            kind: 'table',
            columns: [d!, g!],
            rows: [
              [e!, [h!, i!]],
              [f!, h!],
            ],
          },
          {
            id: a!,
            kind: 'table',
            columns: [g!, j!, e!],
            rows: [
              [h!, { min: 1 }, true],
              [[i!, h!], [1, 2], '*'],
              ['*', { max: 3 }, false],
            ],
          },
          { id: b!, kind: 'capacity', interface: c! },
        ],
        defaults: [
          { option: e!, chosen: true },
          { number: j!, value: 3 },
        ],
        prices: [
          { id: a!, kind: 'options', amounts: { [e!]: 12, [f!]: null } },
          { id: b!, kind: 'options', name: n2!, amounts: { [h!]: -7 } },
          { id: c!, kind: 'surcharge', percent: 12.5, of: [a!, b!] },
        ],
        bom: [{ part: text, name: n6! }],
        spec: [{ id: a!, name: n1!, group: d!, role: 'mass', headline: false }],
        examples: [
          {
            id: a!,
            decisions: [
              { option: f!, chosen: false },
              { number: j!, value: 1 },
            ],
            expect: 'impossible',
          },
        ],
      }),
    )
  fc.assert(
    fc.property(arbitrary, model => {
      expect(thereAndBack(model)).toEqual(normalForm(model))
    }),
    { numRuns: 100 },
  )
})
