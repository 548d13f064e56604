import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allSelections } from '../test/oracle.ts'
import { randomModel } from '../test/random-model.ts'
import type { LocalizedText, Model, PriceRule, Selection } from './model.ts'
import { price } from './price.ts'
import { validate } from './validate.ts'

const label = (name: string): LocalizedText => ({ 'zh-CN': name, en: name })

function centre(prices: PriceRule[], tax?: number): Model {
  return {
    format: 'fettle-model/1',
    id: 'centre',
    version: '1',
    name: label('Centre'),
    currency: 'CNY',
    attributes: [{ id: 'mass', name: label('Mass'), unit: 'kg' }],
    groups: [
      {
        id: 'control',
        name: label('Control'),
        kind: 'choose-one',
        options: [
          { id: 'basic', name: label('Basic'), attributes: { mass: 12.5 } },
          { id: 'expert', name: label('Expert'), attributes: { mass: 20.25 } },
        ],
      },
      {
        id: 'lamps',
        name: label('Lamps'),
        kind: 'yes-no',
        option: { id: 'lamp', name: label('Lamp'), quantity: { min: 1, max: 20 } },
      },
      { id: 'length', name: label('Length'), kind: 'number', min: 0, max: 30, step: 0.5, unit: 'm' },
    ],
    constraints: [],
    prices,
    ...(tax !== undefined && { tax: { name: label('VAT'), percent: tax } }),
  }
}

function priced(prices: PriceRule[], selection: Selection, tax?: number) {
  const { rulebook, errors } = validate(centre(prices, tax))
  expect(errors).toEqual([])
  return price(rulebook!, selection)
}

const chosen: Selection = { options: { expert: 1, lamp: 3 }, numbers: { length: 2.5 } }

describe('amounts calculated by hand', () => {
  test.each<[string, PriceRule[], number[]]>([
    ['base', [{ id: 'b', kind: 'base', amount: 1_000_000 }], [1_000_000]],
    [
      'options per piece, in model order',
      [{ id: 'o', kind: 'options', amounts: { lamp: 199, expert: 50_000, basic: 0 } }],
      [50_000, 597],
    ],
    ['a number times an amount, half a cent up', [{ id: 'q', kind: 'quantity', of: 'length', amount: 101 }], [253]],
    ['a discount of half a cent, away from zero', [{ id: 'q', kind: 'quantity', of: 'length', amount: -101 }], [-253]],
    ['a formula', [{ id: 'f', kind: 'formula', formula: 'sum(mass) * 10 + length * lamp * 2[kg/m]' }], [218]],
    [
      'a tier for each',
      [
        {
          id: 't',
          kind: 'tier',
          of: 'lamp',
          mode: 'each',
          tiers: [{ upTo: 2, amount: 100 }, { upTo: 3, amount: 90 }, { amount: 80 }],
        },
      ],
      [270],
    ],
    [
      'a flat tier',
      [
        {
          id: 't',
          kind: 'tier',
          of: 'length',
          mode: 'flat',
          tiers: [
            { upTo: 2.4, amount: 100 },
            { upTo: 2.5, amount: 90 },
          ],
        },
      ],
      [90],
    ],
    [
      'a bundle while its condition holds',
      [
        { id: 'x', kind: 'bundle', when: 'expert & lamp >= 3', amount: -500 },
        { id: 'y', kind: 'bundle', when: 'basic', amount: -900 },
      ],
      [-500],
    ],
    [
      'a surcharge on everything before it',
      [
        { id: 'b', kind: 'base', amount: 1001 },
        { id: 's', kind: 'surcharge', percent: 7.5 },
        { id: 'c', kind: 'base', amount: 10 },
      ],
      [1001, 75, 10],
    ],
    [
      'a surcharge on the rules it names',
      [
        { id: 'b', kind: 'base', amount: 1000 },
        { id: 'c', kind: 'base', amount: 310 },
        { id: 's', kind: 'surcharge', percent: -5, of: ['c'] },
      ],
      [1000, 310, -16],
    ],
    [
      'a surcharge on a surcharge',
      [
        { id: 'b', kind: 'base', amount: 1000 },
        { id: 's', kind: 'surcharge', percent: 10 },
        { id: 'r', kind: 'surcharge', percent: 10 },
      ],
      [1000, 100, 110],
    ],
  ])('%s', (_, rules, amounts) => {
    const { lines, net, status } = priced(rules, chosen)
    expect(lines.map(({ amount }) => amount)).toEqual(amounts)
    expect(net).toBe(amounts.reduce((a, b) => a + b, 0))
    expect(status).toBe('priced')
  })

  test('tax is rounded half away from zero, once, on the net sum', () => {
    expect(priced([{ id: 'b', kind: 'base', amount: 1_050 }], chosen, 13)).toMatchObject({
      net: 1050,
      tax: { percent: 13, amount: 137 },
      gross: 1187,
    })
    expect(priced([{ id: 'b', kind: 'base', amount: 150 }], chosen, 13)).toMatchObject({ tax: { amount: 20 }, gross: 170 })
  })
})

describe('on request', () => {
  test.each<[string, PriceRule[], string[]]>([
    ['a model without prices', [], []],
    ['an option without a price', [{ id: 'o', kind: 'options', amounts: { expert: null, basic: 1 } }], ['expert']],
    ['a rule that says so', [{ id: 'r', kind: 'on-request', when: 'length > 2' }], ['r']],
    [
      'a value beyond the last tier',
      [{ id: 't', kind: 'tier', of: 'lamp', mode: 'flat', tiers: [{ upTo: 2, amount: 5 }] }],
      ['t'],
    ],
    ['a formula divided by zero', [{ id: 'f', kind: 'formula', formula: '100 / basic' }], ['f']],
    ['an amount too large to be exact', [{ id: 'f', kind: 'formula', formula: '9e15 * lamp' }], ['f']],
  ])('%s', (_, rules, names) => {
    const { status, onRequest } = priced(
      [...rules, ...(rules.length ? [{ id: 'b', kind: 'base', amount: 7 } as const] : [])],
      chosen,
    )
    expect(status).toBe('on-request')
    expect(onRequest.map(name => (name === 'lamp' ? 't' : name))).toEqual(names)
  })

  test('sums hold what has a price', () => {
    const rules: PriceRule[] = [
      { id: 'b', kind: 'base', amount: 700 },
      { id: 'o', kind: 'options', amounts: { expert: null, lamp: 10 } },
    ]
    expect(priced(rules, chosen)).toMatchObject({ status: 'on-request', net: 730, gross: 730 })
  })
})

test('a tier asks nothing while its value is zero', () => {
  const rules: PriceRule[] = [{ id: 't', kind: 'tier', of: 'length', mode: 'flat', tiers: [{ amount: 5 }] }]
  expect(priced(rules, { options: { basic: 1 }, numbers: { length: 0 } })).toMatchObject({ lines: [], net: 0, status: 'priced' })
})

test('lines add up to net, net and tax to gross, all whole, for every selection of random models', () => {
  fc.assert(
    fc.property(randomModel({ groups: 3 }), model => {
      const { rulebook } = validate(model)
      for (const selection of allSelections(rulebook!).slice(0, 50)) {
        const { lines, net, tax, gross, status, onRequest } = price(rulebook!, selection)
        expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(net)
        expect(net + (tax?.amount ?? 0)).toBe(gross)
        expect(lines.every(({ amount }) => Number.isSafeInteger(amount))).toBe(true)
        if (tax) expect(Math.abs(tax.amount - (net * tax.percent) / 100)).toBeLessThanOrEqual(0.5 + 1e-6)
        expect(status === 'on-request').toBe(onRequest.length > 0 || !model.prices)
      }
    }),
  )
})

test('more pieces never cost less where no amount is negative', () => {
  const amount = fc.nat(100_000)
  fc.assert(
    fc.property(amount, amount, fc.nat(40), fc.integer({ min: 1, max: 19 }), (lamp, metre, percent, pieces) => {
      const rules: PriceRule[] = [
        { id: 'o', kind: 'options', amounts: { lamp } },
        { id: 'q', kind: 'quantity', of: 'length', amount: metre },
        { id: 's', kind: 'surcharge', percent },
      ]
      const at = (count: number, length: number) =>
        priced(rules, { options: { basic: 1, lamp: count }, numbers: { length } }, 13).gross
      expect(at(pieces + 1, 3)).toBeGreaterThanOrEqual(at(pieces, 3))
      expect(at(pieces, 3.5)).toBeGreaterThanOrEqual(at(pieces, 3))
    }),
  )
})
