import fc from 'fast-check'
import { expect, test } from 'vitest'
import { discountLimitOf, linesOverLimit, rolesForDiscount } from './discount-limits.ts'
import type { OfferDiscount } from './line.ts'
import { offerTotals } from './totals.ts'

const percent = fc.integer({ min: 0, max: 10_000 }).map(hundredths => hundredths / 100)
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 5_000_000 }).map(thousandths => thousandths / 1000),
  unitPrice: fc.integer({ min: 0, max: 100_000_000 }),
  discountPercent: percent,
  listPrice: fc.constant(null),
  cost: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
})
const discount: fc.Arbitrary<OfferDiscount> = fc.oneof(
  percent.map(value => ({ kind: 'percent', percent: value }) as const),
  fc.integer({ min: 0, max: 1_000_000_000 }).map(amount => ({ kind: 'amount', amount }) as const),
)
const offer = fc.record({ lines: fc.array(line, { maxLength: 30 }), discount, taxPercent: percent })

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)

test('lines add up to the net total, net and tax to the gross, and nothing falls below zero', () => {
  fc.assert(
    fc.property(offer, ({ lines, ...terms }) => {
      const totals = offerTotals(lines, terms)
      expect(sum(totals.lines.map(({ net }) => net))).toBe(totals.net)
      expect(sum(totals.lines.map(({ amount }) => amount))).toBe(totals.subtotal)
      expect(sum(totals.lines.map(({ share }) => share))).toBe(totals.subtotal === 0 ? 0 : totals.discount)
      expect(totals.subtotal - totals.discount).toBe(totals.net)
      expect(totals.net + totals.tax).toBe(totals.gross)
      for (const { net, amount, list } of totals.lines) {
        expect(net).toBeGreaterThanOrEqual(0)
        expect(amount).toBeLessThanOrEqual(list)
      }
    }),
  )
})

test('the order of the lines changes no sum, and no line’s share beyond which of two equal lines has it', () => {
  fc.assert(
    fc.property(
      offer.chain(one => fc.tuple(fc.constant(one), fc.shuffledSubarray(one.lines, { minLength: one.lines.length }))),
      ([{ lines, ...terms }, shuffled]) => {
        const [one, other] = [offerTotals(lines, terms), offerTotals(shuffled, terms)]
        expect({ ...other, lines: [] }).toEqual({ ...one, lines: [] })
        const nets = (totals: typeof one) => totals.lines.map(({ amount, net }) => `${amount} ${net}`).sort()
        expect(nets(other)).toEqual(nets(one))
      },
    ),
  )
})

const plain = { listPrice: null, cost: null, discountPercent: 0 }
const noDiscount = { kind: 'percent', percent: 0 } as const

test.each([
  ['half a unit is rounded away from zero', { quantity: 0.5, unitPrice: 1 }, 1],
  ['less than half is rounded down', { quantity: 0.499, unitPrice: 1 }, 0],
  ['three decimals of a quantity count', { quantity: 1.005, unitPrice: 100_000 }, 100_500],
  ['a fraction no binary number has is exact', { quantity: 1.005, unitPrice: 1000, discountPercent: 0.5 }, 1000],
])('%s', (_, one, amount) => {
  expect(offerTotals([{ ...plain, ...one }], { discount: noDiscount, taxPercent: 13 }).net).toBe(amount)
})

test('a cent that cannot be divided goes to the largest remainder', () => {
  const lines = [100, 100, 101].map(unitPrice => ({ ...plain, quantity: 1, unitPrice }))
  const { lines: shares } = offerTotals(lines, { discount: { kind: 'amount', amount: 100 }, taxPercent: 0 })
  expect(shares.map(({ share }) => share)).toEqual([33, 33, 34])
})

test('no more can be taken off than there is', () => {
  const one = { ...plain, quantity: 1, unitPrice: 500 }
  expect(offerTotals([one], { discount: { kind: 'amount', amount: 900 }, taxPercent: 13 })).toMatchObject({ net: 0, gross: 0 })
})

test('the margin is known only where every cost is', () => {
  const lines = [{ ...plain, quantity: 2, unitPrice: 500, cost: 300 }]
  const terms = { discount: noDiscount, taxPercent: 0 }
  expect(offerTotals(lines, terms).margin).toBe(400)
  expect(offerTotals([...lines, { ...plain, quantity: 1, unitPrice: 5 }], terms).margin).toBeNull()
})

test('both discounts together, and a price below the list, count against the limit', () => {
  const line = { ...plain, quantity: 1, unitPrice: 100_000, listPrice: 100_000 }
  const over = (change: Partial<typeof line>, percent: number) =>
    linesOverLimit(offerTotals([{ ...line, ...change }], { discount: { kind: 'percent', percent }, taxPercent: 0 }), 10)
  expect(over({ discountPercent: 10 }, 0)).toEqual([])
  expect(over({ discountPercent: 8 }, 8)).toEqual([{ place: 0, percent: 15.36 }])
  expect(over({ unitPrice: 85_000 }, 0)).toEqual([{ place: 0, percent: 15 }])
  expect(over({ unitPrice: 120_000, discountPercent: 10 }, 0)).toEqual([])
})

test('the limit is that of the highest role, and whoever may is named', () => {
  expect(discountLimitOf(['sales'])).toBe(10)
  expect(discountLimitOf(['sales', 'admin'])).toBe(100)
  expect(discountLimitOf(['marketing'])).toBe(0)
  expect(rolesForDiscount(5)).toEqual(['sales', 'admin'])
  expect(rolesForDiscount(15)).toEqual(['admin'])
})
