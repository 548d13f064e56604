import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, one, option, some, stateAfter } from '../test/handmade.ts'
import { oracleAlternatives, oracleDomains } from '../test/oracle.ts'
import { randomSituation, situationOf } from '../test/random-situation.ts'
import { runs } from '../test/seed.ts'
import { decide, retract, start } from './decide.ts'
import { alternatives, domains } from './domains.ts'

test('domains and alternatives are those of brute force after every decision', () => {
  fc.assert(
    fc.property(randomSituation(), drawn => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all } = situation
      let state = start(compiled)
      expect(domains(state)).toEqual(oracleDomains(compiled, all, []))
      for (const decision of situation.decisions) {
        const decided = decide(state, decision)
        if (decided.status === 'error') throw new Error(decided.error.message.en)
        if (decided.status === 'conflict') continue
        state = decided.state
        expect(domains(state)).toEqual(oracleDomains(compiled, all, state.decisions))
        expect(alternatives(state)).toEqual(oracleAlternatives(compiled, all, state.decisions))
      }
    }),
    runs(1000),
  )
}, 60_000)

test('models with more numbers and quantities have the domains of brute force', () => {
  fc.assert(
    fc.property(randomSituation({ groups: 3, options: 2, constraints: 5, values: 9 }), drawn => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all } = situation
      const state = stateAfter(compiled, situation.decisions)
      expect(domains(state)).toEqual(oracleDomains(compiled, all, state.decisions))
    }),
    runs(600),
  )
}, 60_000)

test('deciding, changing and taking back in any order leaves what a fresh start with the same decisions gives', () => {
  const asks = fc.array(fc.record({ at: fc.nat(), take: fc.boolean(), look: fc.boolean() }), { minLength: 5, maxLength: 15 })
  fc.assert(
    fc.property(randomSituation({}, 8), asks, (drawn, steps) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all, decisions } = situation
      let state = start(compiled)
      for (const { at, take, look } of steps) {
        const decision = decisions[at % Math.max(1, decisions.length)]
        if (!decision) return
        const decided = take ? decide(state, decision) : undefined
        if (decided?.status === 'ok') state = decided.state
        else if (!take) state = retract(state, decision)
        if (look) expect(domains(state)).toEqual(oracleDomains(compiled, all, state.decisions))
      }
      expect(domains(state)).toEqual(oracleDomains(compiled, all, state.decisions))
      expect(domains(state)).toEqual(domains(stateAfter(compiled, state.decisions)))
    }),
    runs(600),
  )
}, 60_000)

test('an older state still answers after newer ones were asked', () => {
  const model = compiled(handmade([one('a', ['a1', 'a2']), one('b', ['b1', 'b2'])], ['a1 => b1']))
  const before = start(model)
  const first = domains(before)
  const after = stateAfter(model, [{ option: 'a1', chosen: true }])
  expect(domains(after).options.b2?.state).toBe('excluded')
  expect(domains(before)).toEqual(first)
  expect(domains(before).options.b2?.state).toBe('free')
})

test('numbers over a huge range are split exactly where rules say', () => {
  const top = 2 ** 31
  const model = compiled(
    handmade(
      [number('x', -top, top), number('y', -top, top), some('s', ['even'])],
      ['x + y <= 1000', 'x != 7', 'x < 100 | x > 200', 'even => 2 * y == x', 'x >= -50'],
    ),
  )
  expect(domains(start(model)).numbers.x?.values).toEqual([
    { min: -50, max: 6 },
    { min: 8, max: 99 },
    { min: 201, max: top },
  ])
  const even = domains(stateAfter(model, [{ option: 'even', chosen: true }]))
  expect(even.numbers.x?.values.slice(0, 3)).toEqual([-50, -48, -46].map(x => ({ min: x, max: x })))
  expect(even.numbers.x?.values.at(-1)).toEqual({ min: 666, max: 666 })
  expect(even.numbers.y?.values).toEqual([
    { min: -25, max: 49 },
    { min: 101, max: 333 },
  ])
})

test('a number that falls apart into very many values ends in a stretch instead of a list without end', () => {
  const model = compiled(handmade([number('x', 0, 2 ** 31), number('y', 0, 2 ** 31)], ['x == 3 * y']))
  const { x, y } = domains(start(model)).numbers
  expect(x!.values.length).toBeLessThan(2500)
  expect(x!.values.at(-1)?.max).toBe(2 ** 31 - 2)
  expect(y!.values.at(-1)?.max).toBe((2 ** 31 - 2) / 3)
})

test('a number that can only be every third of ten thousand is told so, value by value', () => {
  const model = compiled(handmade([number('x', 0, 10_000), number('y', 0, 10_000)], ['x == 3 * y']))
  expect(domains(start(model)).numbers.x?.values).toEqual(Array.from({ length: 3334 }, (_, k) => ({ min: 3 * k, max: 3 * k })))
})

test('products and quotients of numbers over a huge range are solved exactly', () => {
  const model = compiled(handmade([number('x', 1, 2 ** 31), number('y', 1, 2 ** 31)], ['x * y == 1000003 * 12', 'x / y >= 1']))
  const { x, y } = domains(start(model)).numbers
  expect(y?.values).toEqual([
    { min: 1, max: 4 },
    { min: 6, max: 6 },
    { min: 12, max: 12 },
  ])
  expect(x?.values.map(({ min }) => min)).toEqual([1000003, 2000006, 3000009, 4000012, 6000018, 12000036])
})

test('decimals are exact', () => {
  const model = compiled(handmade([number('x', 0, 1, { step: 0.1 }), number('y', 0, 1, { step: 0.05 })], ['x + y == 0.3']))
  expect(domains(start(model)).numbers.x?.values).toEqual([{ min: 0, max: 0.3 }])
  expect(domains(start(model)).numbers.y?.values).toEqual([0, 0.1, 0.2, 0.3].map(y => ({ min: y, max: y })))
})

test('a group that does not count has no values, and its number is 0 in formulas', () => {
  const model = compiled(handmade([some('s', ['drawer']), number('depth', 30, 60, { parent: 'drawer' })], ['depth <= 40']))
  expect(domains(start(model)).numbers.depth).toEqual({ counts: 'maybe', decided: false, values: [{ min: 30, max: 40 }] })
  const without = stateAfter(model, [{ option: 'drawer', chosen: false }])
  expect(domains(without).numbers.depth).toEqual({ counts: 'no', decided: false, values: [] })
})

test('alternatives of a decided quantity are the pieces that the rest allows', () => {
  const model = compiled(
    handmade(
      [some('s', [option('fan', { quantity: { min: 1, max: 9 } }), option('pump', { quantity: { min: 2, max: 8, step: 2 } })])],
      ['fan + pump <= 10'],
    ),
  )
  const state = stateAfter(model, [
    { option: 'pump', quantity: 4 },
    { option: 'fan', quantity: 2 },
  ])
  expect(alternatives(state).quantities).toEqual({ pump: [{ min: 2, max: 8 }], fan: [{ min: 1, max: 6 }] })
})
