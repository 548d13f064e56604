import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { candidates } from '../../test/oracle.ts'
import { randomModel } from '../../test/random-model.ts'
import { toNumber } from '../decimal.ts'
import type { LocalizedText, Model, Selection } from '../model.ts'
import { indexModel } from '../model-index.ts'
import { readRules } from '../rules.ts'
import { evaluateArithmetic, evaluateLogic } from './evaluate.ts'
import { parseArithmetic, parseLogic } from './parse.ts'
import { printArithmetic, printLogic } from './print.ts'

const label = (name: string): LocalizedText => ({ 'zh-CN': name, en: name })

const model: Model = {
  format: 'fettle-model/1',
  id: 'cell',
  version: '1',
  name: label('Cell'),
  currency: 'CNY',
  attributes: [
    { id: 'power', name: label('Power'), unit: 'W' },
    { id: 'supply', name: label('Supply'), unit: 'kW' },
    { id: 'mass', name: label('Mass'), unit: 'kg' },
  ],
  interfaces: [{ id: 'slot', name: label('Slot') }],
  groups: [
    {
      id: 'motor',
      name: label('Motor'),
      kind: 'choose-one',
      options: [
        { id: 'small', name: label('Small'), attributes: { power: 750, mass: 0.1 }, takes: { slot: 1 } },
        { id: 'large', name: label('Large'), attributes: { power: 2200, mass: 0.2 }, takes: { slot: 2 } },
      ],
    },
    {
      id: 'extras',
      name: label('Extras'),
      kind: 'choose-some',
      options: [
        { id: '3d probe', name: label('Probe'), attributes: { power: 5.5 } },
        { id: '灯', name: label('Lamp'), attributes: { power: 10 }, quantity: { min: 1, max: 4 } },
        { id: 'rack', name: label('Rack'), attributes: { supply: 2.5 }, offers: { slot: 3 } },
      ],
    },
    { id: 'length', name: label('Length'), kind: 'number', min: 0.5, max: 3, step: 0.25, unit: 'm' },
  ],
  constraints: [],
}
const index = indexModel(model)
const selection: Selection = { options: { small: 1, '3d probe': 1, 灯: 3 }, numbers: { length: 1.25 } }

function value(text: string): number | undefined {
  const parsed = parseArithmetic(text, index)
  if (!parsed.ok) throw new Error(parsed.errors[0]!.message.en)
  const result = evaluateArithmetic(parsed.ast, selection)
  return result && toNumber(result)
}

function truth(text: string): boolean {
  const parsed = parseLogic(text, index)
  if (!parsed.ok) throw new Error(parsed.errors[0]!.message.en)
  return evaluateLogic(parsed.ast, selection)
}

describe('arithmetic', () => {
  test.each<[string, number | undefined]>([
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * -3', -9],
    ['10 - 4 - 3', 3],
    ['-(2 - 5)', 3],
    ['0.1 + 0.2', 0.3],
    ['灯', 3],
    ['large', 0],
    ['length', 1.25],
    ['extras', 2],
    ['灯.power', 30],
    ['"3d probe".power', 5.5],
    ['extras.power', 35.5],
    ['sum(power)', 785.5],
    ['sum(power, motor, 灯)', 780],
    ['max(power)', 750],
    ['min(power)', 5.5],
    ['max(supply)', 0],
    ['count(motor, extras, rack)', 3],
    ['taken(slot)', 1],
    ['offered(slot)', 0],
    ['0.001[kW/W] * sum(power) + sum(supply)', 0.7855],
    ['length / (large + 0)', undefined],
    ['1e3', 1000],
  ])('%s is %s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })
})

describe('logic', () => {
  test.each<[string, boolean]>([
    ['small & "3d probe"', true],
    ['motor', true],
    ['rack | !large', true],
    ['!small == 1', false],
    ['large => rack', true],
    ['small => rack', false],
    ['small <=> 灯', true],
    ['small => large => rack', true],
    ['large <=> rack => large', false],
    ['rack | small & large', false],
    ['length > 1[m] & length <= 1.25', true],
    ['1 / large > 0', false],
    ['1 / large <= 0', false],
    ['1 / large != 0', false],
    ['!(1 / large > 0)', true],
    ['true & !false', true],
  ])('%s is %s', (text, expected) => {
    expect(truth(text)).toBe(expected)
  })
})

describe('errors name the column and a remedy', () => {
  test.each<[string, string, number, string]>([
    ['small & ', 'syntax', 9, 'the formula ends here'],
    ['small large', 'syntax', 7, 'Expected an operator'],
    ['small and large', 'syntax', 7, 'Write "&" instead of "and".'],
    ['length = 3', 'syntax', 8, 'Write "==" for equality.'],
    ['(small', 'syntax', 7, 'Expected ")"'],
    ['"small', 'syntax', 1, 'Add the closing double quote.'],
    ['1 < length < 3', 'syntax', 12, 'comparisons cannot be chained'],
    ['0.12345678901234567 > small', 'syntax', 1, 'Use at most 15 digits'],
    ['smal', 'unknown-reference', 1, 'Did you mean "small"?'],
    ['sum(powr) > 0', 'unknown-reference', 5, 'Did you mean "power"?'],
    ['small.powe > 0', 'unknown-reference', 7, 'Did you mean "power"?'],
    ['taken(slots) > 0', 'unknown-reference', 7, 'Did you mean "slot"?'],
    ['length', 'wrong-kind', 1, 'Compare it with something, such as "length > 0".'],
    ['power > 3', 'wrong-kind', 1, 'Write sum(power), or option.power.'],
    ['rack.power > 3', 'wrong-kind', 6, 'Give the option a value for it'],
    ['small + 1', 'wrong-kind', 1, 'Compare it with something'],
    ['(small & large) > 1', 'wrong-kind', 2, 'Use a number, a name or count(…).'],
    ['sum(power) <= sum(supply)', 'unit-mismatch', 12, 'multiply one by 0.001[kW/W]'],
    ['sum(mass) + length > 3', 'unit-mismatch', 13, 'multiply by a factor with a unit, such as 0.5[kg/mm]'],
    ['length > small', 'unit-mismatch', 8, 'Units differ: m and no unit.'],
  ])('%s', (text, code, column, words) => {
    const parsed = parseLogic(text, index, { path: '/constraints/0/formula', rule: 'c' })
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.errors[0]).toMatchObject({ code, column, path: '/constraints/0/formula', rule: 'c' })
    expect(`${parsed.errors[0]!.message.en} ${parsed.errors[0]!.remedy.en}`).toContain(words)
  })

  test('units multiply and cancel', () => {
    expect(parseLogic('sum(power) * length == 5[W.m]', index).ok).toBe(true)
    expect(parseLogic('sum(power) / sum(power) > 0.5', index).ok).toBe(true)
    expect(parseLogic('sum(mass) / length <= 3[kg/m]', index).ok).toBe(true)
    expect(parseLogic('sum(mass) * length <= 3[kg]', index).ok).toBe(false)
    expect(parseLogic('2 * sum(power) <= sum(supply)', index).ok).toBe(false)
    expect(parseLogic('0.4 * count(extras) <= length', index).ok).toBe(true)
    expect(parseLogic('4 / length > 3[1/m]', index).ok).toBe(true)
    expect(parseLogic('4 / length > 3[m]', index).ok).toBe(false)
  })
})

describe('long and deep formulas', () => {
  test('a chain of twenty thousand terms is read and evaluated', () => {
    expect(value(`1${' + 灯'.repeat(16_000)}`)).toBe(48_001)
    expect(truth(`small${' & 灯'.repeat(20_000)}`)).toBe(true)
  })

  test.each(['(', '!', '-', 'small => ', '2 * ', '!(', '1 + (1 * '])(
    'a hundred thousand characters of %s are an error, not a stack overflow',
    piece => {
      const parsed = parseLogic(piece.repeat(Math.floor(100_000 / piece.length)), index)
      expect(parsed.ok).toBe(false)
      if (!parsed.ok) expect(parsed.errors[0]!.message.en.length).toBeLessThan(300)
    },
  )

  test('no text makes the reader throw', () => {
    const piece = fc.constantFrom(
      'small',
      'length',
      '灯',
      '"',
      '(',
      ')',
      '.',
      ',',
      '&',
      '=>',
      '<=>',
      '!',
      '-',
      '1',
      '0.5',
      '[',
      ']',
      'sum',
      ' ',
      '\\',
      '😀',
      '<=',
      '/',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map(pieces => pieces.join('')),
        ),
        text => {
          parseLogic(text, index)
          parseArithmetic(text, index)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test('a printed formula reads back as the same formula', () => {
  for (const text of [
    '!(small & large) | 灯',
    '(small => large) => rack',
    'small => large => rack',
    '(small <=> large) <=> rack',
    'small <=> (large <=> rack)',
    '1 - (2 - 灯) > -(3 * -4)',
    '-(3) * 灯 / (2 / 灯) == -2',
    '"3d probe" & !(!small)',
    '0.5[kg/m] * length < sum(mass)',
    'offered(slot) - taken(slot) >= 0',
    'max(power, motor) < min(power, extras)',
  ]) {
    const parsed = parseLogic(text, index)
    if (!parsed.ok) throw new Error(`${text}: ${parsed.errors[0]!.message.en}`)
    const printed = printLogic(parsed.ast)
    expect(parseLogic(printed, index), printed).toEqual(parsed)
  }
})

test('every formula of random models means the same after printing', () => {
  fc.assert(
    fc.property(randomModel(), random => {
      const names = indexModel(random)
      const { constraints, prices } = readRules(names).rules
      const selections = candidates(names).slice(0, 20)
      for (const { when, ...rest } of constraints) {
        const logic = rest.kind === 'formula' ? rest.formula : when
        if (!logic) continue
        const again = parseLogic(printLogic(logic), names)
        if (!again.ok) throw new Error(`${printLogic(logic)}: ${again.errors[0]!.message.en}`)
        for (const one of selections) expect(evaluateLogic(again.ast, one)).toBe(evaluateLogic(logic, one))
      }
      for (const { value: formula } of prices) {
        if (!formula) continue
        const again = parseArithmetic(printArithmetic(formula), names)
        if (!again.ok) throw new Error(`${printArithmetic(formula)}: ${again.errors[0]!.message.en}`)
        for (const one of selections) expect(evaluateArithmetic(again.ast, one)).toEqual(evaluateArithmetic(formula, one))
      }
    }),
    { numRuns: 300 },
  )
})
