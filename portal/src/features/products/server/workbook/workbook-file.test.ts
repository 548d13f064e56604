import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '@fettle/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomModel } from '../../../../../../engine/test/random-model.ts'
import { exampleProduct, normalForm } from '../../core/workbook/index.ts'
import { throughForm } from '../through-form.ts'

const examples = join(import.meta.dirname, '../../../../../../examples')
const example = (name: string) => JSON.parse(readFileSync(join(examples, name, 'model.json'), 'utf8')) as Model

test.each(['machining-centre', 'rotary-table', 'suit', 'wardrobe'])('%s comes back from an Excel file as it was', async name => {
  expect(await throughForm(example(name))).toEqual(normalForm(example(name)))
})

test('every model comes back from an Excel file as it was', async () => {
  await fc.assert(
    fc.asyncProperty(randomModel({ groups: 5, constraints: 6 }), async model => {
      expect(await throughForm(model)).toEqual(JSON.parse(JSON.stringify(normalForm(model))))
    }),
    { numRuns: 12 },
  )
})

test('texts of any kind come back from an Excel file as they were', async () => {
  const text = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.constantFrom('=1+1', ' a ', 'a\r\nb\tc', '_x0041_', '\ufffe', '\ud800', '<b>&amp;', '１２'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 8, maxLength: 8 }), async ([a, b, c, d, e, f, g, h]) => {
      const model = { ...exampleProduct }
      const changed: Model = {
        ...model,
        version: a!,
        name: { 'zh-CN': b!, en: c! },
        description: { 'zh-CN': d!, en: e! },
        bom: [{ part: f!, name: { 'zh-CN': g!, en: h! } }],
      }
      expect(await throughForm(changed)).toEqual(normalForm(changed))
    }),
    { numRuns: 12 },
  )
})
