import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, compile, type Model } from '@fettle/engine'
import { expect, test } from 'vitest'
import { randomSelection } from '../../../../../../engine/test/random-selection.ts'
import { chance } from '../../../../../test/chance.ts'
import { choicesOf, disagreements, engineFigures } from '../../../../../test/recompute/engine-figures.ts'
import { readExportedForm } from '../../../../../test/recompute/exported-form.ts'
import { readFormulaText } from '../../../../../test/recompute/formula-text.ts'
import { figuresInFractions } from '../../../../../test/recompute/in-fractions.ts'
import { exampleProduct } from '../../core/workbook/index.ts'
import { makeWorkbook } from './make-workbook.ts'

const examples = join(import.meta.dirname, '../../../../../../examples')
const example = (name: string) => JSON.parse(readFileSync(join(examples, name, 'model.json'), 'utf8')) as Model

const models: [string, Model, number][] = [
  ['machining-centre', example('machining-centre'), 12],
  ['rotary-table', example('rotary-table'), 80],
  ['suit', example('suit'), 12],
  ['wardrobe', example('wardrobe'), 8],
  ['the example of the form', exampleProduct, 80],
]

test.each(models)('every figure of %s is what its exported workbook says, for random selections', async (_, model, times) => {
  const result = compile(model)
  if (!result.ok) throw new Error(result.errors[0]!.message.en)
  const form = await exported(model)
  const luck = chance(20261126).next
  for (let i = 0; i < times; i++) {
    const selection = randomSelection(result.compiled, luck)
    expect(check(result.compiled, selection).valid).toBe(true)
    const figures = figuresInFractions(form, choicesOf(selection))
    expect(disagreements(engineFigures(result.compiled, selection), figures), JSON.stringify(selection)).toEqual([])
  }
})

test('a price changed in the workbook by one smallest unit is noticed', async () => {
  const result = compile(exampleProduct)
  if (!result.ok) throw new Error()
  const [base, ...others] = exampleProduct.prices!
  const form = await exported({ ...exampleProduct, prices: [{ ...base!, amount: 1_280_001 } as never, ...others] })
  const selection = randomSelection(result.compiled, chance(1).next)
  const found = disagreements(engineFigures(result.compiled, selection), figuresInFractions(form, choicesOf(selection)))
  expect(found.map(({ figure }) => figure)).toEqual(expect.arrayContaining(['price base', 'net', 'gross']))
})

test('signs bind as the guide says', () => {
  const same = (one: string, other: string) => expect(readFormulaText(one)).toEqual(readFormulaText(other))
  same('a | b & c => d <=> e', '((a | (b & c)) => d) <=> e')
  same('a => b => c', 'a => (b => c)')
  same('!a & b', '(!a) & b')
  same('!x + 1 < 2 * y', '!((x + (1)) < (2 * y))')
  same('a - b - c / d / 2[kg]', '(a - b) - ((c / d) / 2)')
  same('-a * b', '(-a) * b')
})

async function exported(model: Model) {
  const made = await makeWorkbook(model)
  if (!made.ok) throw new Error(made.error.message.en)
  return readExportedForm(made.bytes)
}
