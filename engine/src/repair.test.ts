import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, one, some, stateAfter } from '../test/handmade.ts'
import { decisionHolds, oracleFewestRemovals } from '../test/oracle.ts'
import { randomSituation, situationOf } from '../test/random-situation.ts'
import { runs } from '../test/seed.ts'
import { check } from './check.ts'
import { complete } from './complete.ts'
import { decide, start } from './decide.ts'
import type { Decision, Selection } from './model.ts'
import { price } from './price.ts'
import { repair } from './repair.ts'

test('repairs are all the minimal sets of decisions to give up, each completed and priced', () => {
  fc.assert(
    fc.property(randomSituation({}, 6), fc.constantFrom('fewest', 'cheapest'), (drawn, by) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all, wish } = situation
      const state = stateAfter(compiled, situation.decisions)
      const { status, bound, repairs } = repair(state, wish, { by, limit: 50 })
      expect(status).toBe('proved')
      const texts = (sets: Decision[][]) => sets.map(set => JSON.stringify(set)).sort()
      expect(texts(repairs.map(({ remove }) => remove))).toEqual(texts(minimalRemovals(all, state.decisions, wish)))
      const before = price(compiled, complete(state, { goal: 'defaults' }).selection!)
      for (const { decisions, selection, priceDifference } of repairs) {
        expect(check(compiled, selection).valid).toBe(true)
        expect(decisions).toContain(wish)
        expect(decisions.every(decision => decisionHolds(decision, selection))).toBe(true)
        expect(stateAfter(compiled, decisions).decisions).toEqual(decisions)
        const after = price(compiled, selection)
        const priced = before.status === 'priced' && after.status === 'priced'
        expect(priceDifference).toBe(priced ? after.net - before.net : null)
      }
      const measures = repairs.map(one => (by === 'fewest' ? one.remove.length : (one.priceDifference ?? Number.MAX_VALUE)))
      expect(measures).toEqual(measures.slice().sort((a, b) => a - b))
      if (repairs.length > 0 && by === 'fewest') expect(bound).toBe(oracleFewestRemovals(all, state.decisions, wish))
      if (repairs.length > 0 && by === 'cheapest' && repairs[0]!.priceDifference !== null)
        expect(bound).toBe(repairs[0]!.priceDifference)
    }),
    runs(700),
  )
}, 60_000)

const model = compiled(
  handmade([one('a', ['a1', 'a2']), one('b', ['b1', 'b2']), one('c', ['c1', 'c2'])], ['a2 => b2', 'b2 & c1 => a1'], {
    prices: [
      { id: 'base', kind: 'base', amount: 1000 },
      { id: 'parts', kind: 'options', amounts: { a2: 500, b2: 200, c2: 50 } },
    ],
  }),
)
const chosen = (...ids: string[]): Decision[] => ids.map(option => ({ option, chosen: true }))

test('a repair names what is given up, and what it costs', () => {
  const state = stateAfter(model, chosen('a1', 'b1', 'c1'))
  const { repairs, bound } = repair(state, { option: 'a2', chosen: true }, { by: 'fewest' })
  expect(bound).toBe(3)
  expect(repairs.map(({ remove, decisions, priceDifference }) => ({ remove, decisions, priceDifference }))).toEqual([
    { remove: chosen('a1', 'b1', 'c1'), decisions: chosen('a2'), priceDifference: 750 },
  ])
})

test('a wish that is possible already needs no repair, one that the rules forbid has none', () => {
  expect(repair(start(model), { option: 'a2', chosen: true }, { by: 'cheapest' }).repairs.map(({ remove }) => remove)).toEqual([
    [],
  ])
  const never = compiled(handmade([one('a', ['a1', 'a2'])], ['a1']))
  expect(repair(start(never), { option: 'a2', chosen: true }, { by: 'fewest' })).toEqual({
    status: 'proved',
    bound: 0,
    repairs: [],
  })
})

test('a budget that ends too early says so', () => {
  const state = stateAfter(model, chosen('a1', 'b1', 'c1'))
  expect(repair(state, { option: 'a2', chosen: true }, { by: 'fewest', steps: 0 })).toEqual({
    status: 'stopped',
    bound: 0,
    repairs: [],
  })
  expect(() => repair(state, { option: 'a9', chosen: true }, { by: 'fewest' })).toThrow(RangeError)
})

test('of a wish against fourteen separate conflicts the least repairs are proved, though there are millions', () => {
  const conflicts = Array.from({ length: 14 }, (_, i) => ['a', 'b', 'c'].map(letter => `${letter}${i}`))
  const many = compiled(
    handmade(
      [some('wish', ['w']), some('all', conflicts.flat())],
      conflicts.map(ids => `w => !(${ids.join(' & ')})`),
    ),
  )
  const { status, bound, repairs } = repair(stateAfter(many, chosen(...conflicts.flat())), chosen('w')[0]!, { by: 'fewest' })
  expect({ status, bound, sizes: repairs.map(({ remove }) => remove.length) }).toEqual({
    status: 'proved',
    bound: 14,
    sizes: [14, 14, 14],
  })
})

test('a repair can be taken as it is', () => {
  const state = stateAfter(model, chosen('a1', 'b1', 'c1'))
  expect(decide(state, { option: 'b2', chosen: true }).status).toBe('ok')
  const [first] = repair(state, { option: 'c2', chosen: true }, { by: 'fewest' }).repairs
  expect(stateAfter(model, first!.decisions).decisions).toEqual(first!.decisions)
})

function minimalRemovals(all: readonly Selection[], decisions: readonly Decision[], wish: Decision): Decision[][] {
  const broken = all
    .filter(selection => decisionHolds(wish, selection))
    .map(selection => decisions.filter(decision => !decisionHolds(decision, selection)))
  const minimal = broken.filter(set => !broken.some(other => other.length < set.length && other.every(one => set.includes(one))))
  return [...new Map(minimal.map(set => [JSON.stringify(set), set])).values()]
}
