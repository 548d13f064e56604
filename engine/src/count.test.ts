import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, some, stateAfter } from '../test/handmade.ts'
import { selectionsWith } from '../test/oracle.ts'
import { randomSituation, situationOf } from '../test/random-situation.ts'
import { runs } from '../test/seed.ts'
import type { Count, OptionCounts, RoughCounts } from './api.ts'
import { count, counterOf, countOptions, countRoughly, readCounter, writeCounter } from './count.ts'
import { start } from './decide.ts'

test('the count and that of every option are those of brute force, whatever was decided', () => {
  fc.assert(
    fc.property(randomSituation(), drawn => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all, decisions } = situation
      const counter = counterOf(compiled)
      expect(counter.status).toBe('exact')
      const state = stateAfter(compiled, decisions)
      const left = selectionsWith(all, state.decisions)
      expect(count(counter, state)).toEqual(exactly(left.length))
      const { all: whole, options } = countOptions(counter, state)
      expect(whole).toEqual(exactly(left.length))
      for (const id of compiled.lowered.options.keys()) {
        expect(options[id]).toEqual(exactly(left.filter(selection => id in selection.options).length))
      }
    }),
    runs(600),
  )
}, 60_000)

test('models with more numbers and quantities are counted like brute force does', () => {
  fc.assert(
    fc.property(randomSituation({ groups: 3, options: 2, constraints: 5, values: 9 }), drawn => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all, decisions } = situation
      const state = stateAfter(compiled, decisions)
      expect(count(counterOf(compiled), state)).toEqual(exactly(selectionsWith(all, state.decisions).length))
    }),
    runs(300),
  )
}, 60_000)

test('in any budget the count lies within the bounds, and says exact only where it is', () => {
  fc.assert(
    fc.property(randomSituation({ constraints: 6 }), fc.integer({ min: 0, max: 40_000 }), (drawn, steps) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all, decisions } = situation
      const counter = counterOf(compiled, { steps })
      const state = stateAfter(compiled, decisions)
      const left = selectionsWith(all, state.decisions)
      const { all: whole, options } = countOptions(counter, state)
      expectWithin(whole, left.length)
      expect(count(counter, state)).toEqual(whole)
      for (const id of compiled.lowered.options.keys()) {
        expectWithin(options[id]!, left.filter(selection => id in selection.options).length)
      }
    }),
    runs(600),
  )
}, 60_000)

test('a counter that is told to stop still knows bounds', () => {
  const model = compiled(handmade([some('s', ['a', 'b', 'c']), number('x', 0, 4)], ['a | b', 'c => x <= 2', 'a + b + x <= 4']))
  const counter = counterOf(model, { shouldStop: () => true })
  expectWithin(count(counter, start(model)), 20)
  expect(counter.status).toBe('bounds')
})

test('a number of many places is counted by stretches, and without sums over it exactly', () => {
  const model = compiled(handmade([number('x', 0, 2 ** 31 - 1), some('s', ['large'])], ['large => x >= 1000', 'x != 7']))
  const counter = counterOf(model)
  expect(count(counter, start(model))).toEqual(exactly(2 ** 31 - 1 + 2 ** 31 - 1000))
  expect(count(counter, stateAfter(model, [{ number: 'x', value: 999 }]))).toEqual(exactly(1))
  expect(count(counter, stateAfter(model, [{ number: 'x', value: 1000 }]))).toEqual(exactly(2))
  expect(countOptions(counter, start(model)).options.large).toEqual(exactly(2 ** 31 - 1000))
})

test('a sum over numbers of too many places leaves bounds that hold', () => {
  const model = compiled(handmade([number('x', 0, 9999), number('y', 0, 9999)], ['x + y == 9999']))
  const counter = counterOf(model, { steps: 5_000_000 })
  expect(counter.status).toBe('bounds')
  expectWithin(count(counter, start(model)), 10_000)
}, 60_000)

test('very many numbers of very many places end in bounds, not in memory', () => {
  const names = Array.from({ length: 100 }, (_, i) => `n${i}`)
  const model = compiled(
    handmade(
      names.map(name => number(name, 0, 1_000_000)),
      [`${names.join(' + ')} <= 2000000`, ...names.slice(1).map((name, i) => `${name} >= n${i} - 1000`)],
    ),
  )
  const { status, least, most } = count(counterOf(model, { steps: 3_000_000 }), start(model))
  expect(status).toBe('bounds')
  expect(least).toBeGreaterThanOrEqual(1n)
  expect(most).toBeLessThanOrEqual(1_000_001n ** 100n)
}, 60_000)

test('a group that does not count has one way of not being answered', () => {
  const model = compiled(handmade([some('s', ['drawer']), number('depth', 30, 60, { parent: 'drawer' })]))
  const counter = counterOf(model)
  expect(count(counter, start(model))).toEqual(exactly(1 + 31))
  expect(count(counter, stateAfter(model, [{ option: 'drawer', chosen: false }]))).toEqual(exactly(1))
  expect(count(counter, stateAfter(model, [{ number: 'depth', value: 30 }]))).toEqual(exactly(1))
})

test('a counter that was written and read counts the same, and roughly too', () => {
  fc.assert(
    fc.property(randomSituation(), fc.constantFrom(300, 1_000_000), (drawn, steps) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, decisions } = situation
      const counter = counterOf(compiled, { steps })
      const again = readCounter(compiled, writeCounter(counter))!
      const state = stateAfter(compiled, decisions)
      expect(again.status).toBe(counter.status)
      expect(countOptions(again, state)).toEqual(countOptions(counter, state))
      expectRoughly(countRoughly(again, state), countOptions(counter, state))
    }),
    runs(200),
  )
}, 60_000)

test('bytes that are no counter of the model are not read', () => {
  const model = compiled(handmade([some('s', ['a', 'b', 'c'])], ['a | b']))
  const other = compiled(handmade([some('s', ['a', 'b', 'c'])], ['a | c']))
  const bytes = writeCounter(counterOf(model))
  expect(readCounter(other, bytes)).toBeUndefined()
  for (let length = 0; length < bytes.length; length++) expect(readCounter(model, bytes.slice(0, length))).toBeUndefined()
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
      const changed = bytes.slice()
      changed[at] = byte
      const counter = readCounter(model, changed)
      if (counter) count(counter, start(model))
    }),
    runs(500),
  )
})

function expectWithin({ status, least, most }: Count, variants: number): void {
  expect(least).toBeLessThanOrEqual(variants)
  expect(most).toBeGreaterThanOrEqual(variants)
  expect(status).toBe(least === most ? 'exact' : 'bounds')
}

function expectRoughly(rough: RoughCounts, exact: OptionCounts): void {
  const expectLog = (log: number, number: bigint) => {
    if (number === 0n) expect(log).toBe(Number.NEGATIVE_INFINITY)
    else expect(log).toBeCloseTo(log10(number), 9)
  }
  expectLog(rough.all.least, exact.all.least)
  expectLog(rough.all.most, exact.all.most)
  for (const [id, { least, most }] of Object.entries(exact.options)) {
    expectLog(rough.options[id]!.least, least)
    expectLog(rough.options[id]!.most, most)
  }
}

function log10(number: bigint): number {
  const digits = number.toString()
  return Math.log10(Number(`0.${digits.slice(0, 17)}`)) + digits.length
}

const exactly = (variants: number) => ({ status: 'exact', least: BigInt(variants), most: BigInt(variants) })
