import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, one, stateAfter } from '../test/handmade.ts'
import { decisionHolds, selectionsWith, universe } from '../test/oracle.ts'
import { randomSituation, situationOf, unlessTooMany } from '../test/random-situation.ts'
import { relaxedRules } from '../test/relaxed-rules.ts'
import { runs } from '../test/seed.ts'
import type { RuleRef } from './api.ts'
import { start } from './decide.ts'
import { explain } from './explain.ts'
import type { Decision } from './model.ts'

test('an explanation follows from what it names, and from nothing less', () => {
  let explained = 0
  fc.assert(
    fc.property(randomSituation({ groups: 3 }), drawn => {
      const situation = situationOf(drawn)
      const everything = situation && unlessTooMany(() => universe(situation.compiled.index, 20_000))
      if (!everything) return
      const { compiled, all, wish } = situation
      const state = stateAfter(compiled, situation.decisions)
      const left = selectionsWith(all, state.decisions)
      const held = left.filter(selection => decisionHolds(wish, selection)).length
      const { status, verdict, decisions, rules } = explain(state, wish)
      expect(status).toBe('proved')
      expect(verdict).toBe(held === 0 ? 'impossible' : held === left.length ? 'forced' : 'possible')
      if (verdict === 'possible') {
        expect({ decisions, rules }).toEqual({ decisions: [], rules: [] })
        return
      }
      explained++
      const known = relaxedRules(compiled)
      const follows = (given: Decision[], refs: RuleRef[]) => {
        const holding = known.filter(({ ref }) => refs.some(({ kind, id }) => kind === ref.kind && id === ref.id))
        return !everything.some(
          selection =>
            decisionHolds(wish, selection) === (verdict === 'impossible') &&
            given.every(decision => decisionHolds(decision, selection)) &&
            holding.every(rule => rule.holds(selection)),
        )
      }
      expect(follows(decisions, rules)).toBe(true)
      for (const decision of decisions)
        expect(
          follows(
            decisions.filter(other => other !== decision),
            rules,
          ),
        ).toBe(false)
      for (const rule of rules)
        expect(
          follows(
            decisions,
            rules.filter(other => other !== rule),
          ),
        ).toBe(false)
    }),
    runs(700),
  )
  expect(explained).toBeGreaterThan(100)
}, 60_000)

test('an explanation names the decision and the rules between it and the wish', () => {
  const model = compiled(
    handmade(
      [one('a', ['a1', 'a2']), one('b', ['b1', 'b2']), one('c', ['c1', 'c2']), number('n', 0, 9)],
      ['a1 => b1', 'b1 => n >= 4', 'c1 => n <= 5'],
    ),
  )
  const state = stateAfter(model, [
    { option: 'c1', chosen: true },
    { option: 'a1', chosen: true },
  ])
  expect(explain(state, { number: 'n', value: 7 })).toMatchObject({
    verdict: 'impossible',
    status: 'proved',
    decisions: [{ option: 'c1', chosen: true }],
    rules: [{ kind: 'constraint', id: 'rule2' }],
  })
  const forced = explain(state, { option: 'b1', chosen: true })
  expect(forced).toMatchObject({ verdict: 'forced', decisions: [{ option: 'a1', chosen: true }], rules: [{ id: 'rule0' }] })
  expect(explain(state, { option: 'b2', chosen: true }).rules.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'group b',
    'constraint rule0',
  ])
  expect(explain(state, { number: 'n', value: 4 })).toMatchObject({ verdict: 'possible', decisions: [], rules: [] })
})

test('a budget that ends too early says so', () => {
  const model = compiled(handmade([one('a', ['a1', 'a2', 'a3']), one('b', ['b1', 'b2', 'b3'])], ['a1 <=> b1']))
  expect(explain(start(model), { option: 'b1', chosen: true }, { steps: 0 }).status).toBe('stopped')
  expect(() => explain(start(model), { option: 'nothing', chosen: true })).toThrow(RangeError)
})
