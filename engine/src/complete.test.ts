import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, label, number, one, option, some, stateAfter } from '../test/handmade.ts'
import { decisionHolds, differences, selectionsWith } from '../test/oracle.ts'
import { randomSituation, situationOf } from '../test/random-situation.ts'
import { runs } from '../test/seed.ts'
import type { Goal } from './api.ts'
import { check } from './check.ts'
import { type Compiled, compile } from './compile.ts'
import { complete } from './complete.ts'
import { decide, start } from './decide.ts'
import { toNumber } from './decimal.ts'
import { domains } from './domains.ts'
import { evaluateArithmetic, evaluateLogic } from './formula/evaluate.ts'
import { parseArithmetic } from './formula/parse.ts'
import { printName } from './formula/print.ts'
import type { PriceRule, Selection } from './model.ts'
import { price } from './price.ts'

/** Which defaults a selection keeps, as digits that sort by importance. */
const keptBy =
  ({ rules }: Compiled) =>
  (selection: Selection) =>
    rules.defaults
      .map(({ rule, when }) => ((when && !evaluateLogic(when, selection)) || decisionHolds(rule, selection) ? 1 : 0))
      .join('')

test('every goal is reached as well as brute force can', () => {
  fc.assert(
    fc.property(randomSituation(), fc.nat(), fc.boolean(), (drawn, pick, asked) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { compiled, all } = situation
      const state = stateAfter(compiled, situation.decisions)
      if (asked) domains(state)
      const left = selectionsWith(all, state.decisions)
      const former = all[pick % all.length]!
      const net = (selection: Selection) => price(compiled, selection).net
      const kept = keptBy(compiled)
      const completion = (goal: Goal) => {
        const found = complete(state, goal)
        expect(found.status).toBe('proved')
        expect(found.bound).toBe(found.objective)
        expect(check(compiled, found.selection!)).toMatchObject({ valid: true })
        expect(state.decisions.filter(decision => !decisionHolds(decision, found.selection!))).toEqual([])
        return { selection: found.selection!, objective: found.objective }
      }

      const byDefaults = completion({ goal: 'defaults' })
      expect(kept(byDefaults.selection)).toBe(left.map(kept).sort().at(-1))
      expect(byDefaults.objective).toBe([...kept(byDefaults.selection)].filter(digit => digit === '0').length)
      const cheapest = completion({ goal: 'cheapest' })
      expect(cheapest.objective).toBe(net(cheapest.selection))
      expect(cheapest.objective).toBe(Math.min(...left.map(net)))
      const closest = completion({ goal: 'closest', to: former })
      expect(closest.objective).toBe(differences(closest.selection, former))
      expect(closest.objective).toBe(Math.min(...left.map(one => differences(one, former))))
      // Among equals by defaults.
      const equals = left.filter(one => net(one) === cheapest.objective)
      expect(kept(cheapest.selection)).toBe(equals.map(kept).sort().at(-1))
    }),
    runs(800),
  )
}, 60_000)

test('the cheapest of many that cover each other is that of brute force', () => {
  const ids = Array.from({ length: 10 }, (_, i) => `o${i}`)
  const literal = fc.tuple(fc.nat(9), fc.integer({ min: 0, max: 9 })).map(([i, sign]) => (sign < 7 ? ids[i]! : `!${ids[i]!}`))
  const clauses = fc.array(fc.uniqueArray(literal, { minLength: 2, maxLength: 4 }), { minLength: 6, maxLength: 18 })
  const amounts = fc.array(fc.integer({ min: -20, max: 1000 }), { minLength: 10, maxLength: 10 })
  let valid = 0
  fc.assert(
    fc.property(clauses, amounts, fc.nat(9), (clauses, amounts, decided) => {
      const prices: PriceRule[] = [
        { id: 'p', kind: 'options', amounts: Object.fromEntries(ids.map((id, i) => [id, amounts[i]!])) },
      ]
      const groups = [
        some(
          's',
          ids.map(id => option(id)),
        ),
      ]
      const result = compile(
        handmade(
          groups,
          clauses.map(clause => clause.join(' | ')),
          { prices },
        ),
      )
      if (!result.ok) return
      const decision = decide(start(result.compiled), { option: ids[decided]!, chosen: true })
      if (decision.status !== 'ok') return
      valid++
      let least = Number.POSITIVE_INFINITY
      for (let chosen = 0; chosen < 1 << 10; chosen++) {
        const holds = (one: string) =>
          one.startsWith('!') ? !((chosen >> Number(one.at(-1))) & 1) : ((chosen >> Number(one.at(-1))) & 1) === 1
        if (!holds(ids[decided]!) || !clauses.every(clause => clause.some(holds))) continue
        least = Math.min(
          least,
          amounts.reduce((sum, amount, i) => sum + (holds(ids[i]!) ? amount : 0), 0),
        )
      }
      const found = complete(decision.state, { goal: 'cheapest' })
      expect(found).toMatchObject({ status: 'proved', bound: least, objective: least })
      expect(price(result.compiled, found.selection!).net).toBe(least)
    }),
    runs(300),
  )
  expect(valid).toBeGreaterThan(100)
}, 60_000)

test('where no default speaks, a completion takes what must be: first options, nothing more, least numbers', () => {
  const model = compiled(
    handmade(
      [one('a', ['a1', 'a2']), one('b', ['b1', 'b2'], { optional: true }), some('s', ['s1', 's2']), number('n', 5, 9)],
      ['a2 => b2', 'n >= 7 | s1'],
    ),
  )
  expect(complete(start(model), { goal: 'defaults' }).selection).toEqual({ options: { a1: 1 }, numbers: { n: 7 } })
  const with2 = complete(stateAfter(model, [{ option: 'a2', chosen: true }]), { goal: 'defaults' })
  expect(with2.selection).toEqual({ options: { a2: 1, b2: 1 }, numbers: { n: 7 } })
})

test('the answer does not depend on what was asked before', () => {
  const model = () => knapsack(12)
  const fresh = model()
  const used = model()
  for (const id of ['o3', 'o5', 'o8']) {
    domains(stateAfter(used, [{ option: id, chosen: true }]))
    complete(stateAfter(used, [{ option: id, chosen: true }]), { goal: 'cheapest' })
  }
  for (const goal of ['cheapest', 'defaults'] as const) {
    expect(complete(start(used), { goal })).toEqual(complete(start(fresh), { goal }))
  }
  expect(complete(start(used), { goal: 'cheapest' }, { steps: 150 })).toEqual(
    complete(start(fresh), { goal: 'cheapest' }, { steps: 150 }),
  )
})

test('a small budget gives a valid selection, or none, and a bound that holds', () => {
  const model = knapsack(15)
  const best = complete(start(model), { goal: 'cheapest' })
  expect(best.status).toBe('proved')
  const seen = new Set<string>()
  for (const steps of [0, 1, 10, 30, 60, 100, 200]) {
    const found = complete(start(model), { goal: 'cheapest' }, { steps })
    seen.add(found.status)
    expect(found.bound).toBeLessThanOrEqual(best.objective)
    if (found.status === 'stopped') expect(found.selection).toBeNull()
    else {
      expect(check(model, found.selection!).valid).toBe(true)
      expect(found.objective).toBe(price(model, found.selection!).net)
      expect(found.objective).toBeGreaterThanOrEqual(best.objective)
    }
  }
  expect([...seen].sort()).toEqual(['best-found', 'stopped'])
})

test('shouldStop ends a search', () => {
  const stopped = complete(start(knapsack(24)), { goal: 'cheapest' }, { shouldStop: () => true })
  expect(stopped).toMatchObject({ status: 'stopped', selection: null })
  let calls = 0
  const later = complete(start(knapsack(30)), { goal: 'cheapest' }, { shouldStop: () => ++calls > 3 })
  expect(later.status).toBe('best-found')
})

test('a former selection of another model is approached as far as the names are known', () => {
  const model = compiled(handmade([one('a', ['a1', 'a2']), number('n', 0, 10)], ['a2 => n >= 4']))
  const former = { options: { a2: 1, gone: 1 }, numbers: { n: 2, old: 7 } }
  const found = complete(start(model), { goal: 'closest', to: former })
  expect(found.objective).toBe(3)
  expect(differences(found.selection!, former)).toBe(3)
})

/** Cover a demand from items of different price: hard enough to need many steps. */
function knapsack(size: number): Compiled {
  const ids = Array.from({ length: size }, (_, i) => `o${i}`)
  const gain = (i: number) => 13 + ((i * 37) % 29)
  const cost = (i: number) => 100 * gain(i) + ((i * 53) % 31)
  const demand = Math.floor(ids.reduce((sum, _, i) => sum + gain(i), 0) / 2)
  const prices: PriceRule[] = [{ id: 'p', kind: 'options', amounts: Object.fromEntries(ids.map((id, i) => [id, cost(i)])) }]
  const options = ids.map((id, i) => option(id, { attributes: { gain: gain(i) } }))
  const attributes = [{ id: 'gain', name: label('gain') }]
  return compiled(handmade([some('s', options)], [`sum(gain) == ${demand}`], { attributes, prices }))
}

test('the least and the greatest value of a linear formula are those of brute force', () => {
  fc.assert(
    fc.property(
      randomSituation(),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 8, maxLength: 8 }),
      (drawn, factors) => {
        const situation = situationOf(drawn)
        if (!situation) return
        const { compiled, all } = situation
        const state = stateAfter(compiled, situation.decisions)
        // Units of their own are divided out, so that all can be added.
        const of = compiled.model.groups
          .map((group, i) => {
            const unit = group.kind === 'number' && group.unit !== undefined ? ` / 1[${group.unit}]` : ''
            return `(${factors[i % factors.length]}) * ${printName(group.id)}${unit}`
          })
          .join(' + ')
        const parsed = parseArithmetic(of, compiled.index)
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
        const values = selectionsWith(all, state.decisions).map(one => toNumber(evaluateArithmetic(parsed.ast, one)!))
        for (const goal of ['least', 'greatest'] as const) {
          const found = complete(state, { goal, of })
          const best = values.reduce((a, b) => (goal === 'least' ? Math.min(a, b) : Math.max(a, b)))
          expect(found).toMatchObject({ status: 'proved', objective: best, bound: best })
          expect(check(compiled, found.selection!).valid).toBe(true)
          expect(toNumber(evaluateArithmetic(parsed.ast, found.selection!)!)).toBe(best)
        }
      },
    ),
    runs(150),
  )
})

test('a formula that cannot be a goal is refused', () => {
  const state = start(compiled(handmade([number('n', 0, 3), one('a', ['x', 'y'])])))
  expect(() => complete(state, { goal: 'least', of: 'n * n' })).toThrow('not linear')
  expect(() => complete(state, { goal: 'least', of: 'm' })).toThrow('"m"')
})
