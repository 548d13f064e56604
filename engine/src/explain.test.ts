import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, one, stateAfter } from '../test/handmade.ts'
import { decisionHolds, selectionsWith, universe } from '../test/oracle.ts'
import { randomSituation, situationOf, unlessTooMany } from '../test/random-situation.ts'
import { relaxedRules } from '../test/relaxed-rules.ts'
import { runs } from '../test/seed.ts'
import type { RuleRef, Statement } from './api.ts'
import type { Compiled } from './compile.ts'
import { start } from './decide.ts'
import { explain } from './explain.ts'
import type { Decision, Selection } from './model.ts'

test('an explanation follows from what it names, and from nothing less', () => {
  let explained = 0
  let led = 0
  fc.assert(
    fc.property(randomSituation({ groups: 3 }), drawn => {
      const situation = situationOf(drawn)
      const everything = situation && unlessTooMany(() => universe(situation.compiled.index, 20_000))
      if (!everything) return
      const { compiled, all, wish } = situation
      const state = stateAfter(compiled, situation.decisions)
      const left = selectionsWith(all, state.decisions)
      const held = left.filter(selection => decisionHolds(wish, selection)).length
      const { status, verdict, decisions, rules, chain } = explain(state, wish)
      expect(status).toBe('proved')
      expect(verdict).toBe(held === 0 ? 'impossible' : held === left.length ? 'forced' : 'possible')
      if (verdict === 'possible') {
        expect({ decisions, rules, chain }).toEqual({ decisions: [], rules: [], chain: [] })
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

      if (chain.length === 0) return
      led++
      const tried = verdict === 'impossible' ? wish : contraryOf(wish)
      const given = [...decisions, ...(tried ? [tried] : [])].flatMap(statementsOf)
      const fromDecisions = decisions.flatMap(statementsOf)
      for (const [at, step] of chain.entries()) {
        const earlier = chain.slice(0, at).flatMap(({ then }) => then ?? [])
        const before = step.supposing ? [...given, ...earlier] : fromDecisions
        for (const one of step.from) expect(before).toContainEqual(one)
        if (!step.supposing && step.then) fromDecisions.push(step.then)
        const holding = known.filter(({ ref }) => step.rules.some(({ kind, id }) => kind === ref.kind && id === ref.id))
        expect(holding.length).toBeGreaterThan(0)
        const contrary = everything.find(
          selection =>
            step.from.every(one => statementHolds(compiled, one, selection)) &&
            holding.every(rule => rule.holds(selection)) &&
            !(step.then && statementHolds(compiled, step.then, selection)),
        )
        expect(contrary).toBeUndefined()
      }
      const named = new Set(chain.flatMap(step => step.rules.map(({ kind, id }) => `${kind} ${id}`)))
      expect([...named].sort()).toEqual(rules.map(({ kind, id }) => `${kind} ${id}`).sort())
    }),
    runs(700),
  )
  expect(explained).toBeGreaterThan(100)
  expect(led).toBeGreaterThan(explained / 2)
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
  expect(explain(state, { option: 'b2', chosen: true }).chain).toEqual([
    {
      from: [{ option: 'a1', chosen: true }],
      rules: [{ kind: 'constraint', id: 'rule0' }],
      then: { option: 'b1', chosen: true },
      supposing: false,
    },
    {
      from: [{ option: 'b1', chosen: true }],
      rules: [{ kind: 'group', id: 'b' }],
      then: { option: 'b2', chosen: false },
      supposing: false,
    },
  ])
  expect(explain(state, { number: 'n', value: 4 })).toMatchObject({ verdict: 'possible', decisions: [], rules: [] })
})

test('a budget that ends too early says so', () => {
  const model = compiled(handmade([one('a', ['a1', 'a2', 'a3']), one('b', ['b1', 'b2', 'b3'])], ['a1 <=> b1']))
  expect(explain(start(model), { option: 'b1', chosen: true }, { steps: 0 }).status).toBe('stopped')
  expect(() => explain(start(model), { option: 'nothing', chosen: true })).toThrow(RangeError)
})

/** Of a number or pieces there are several. */
function contraryOf(wish: Decision): Decision | undefined {
  if ('number' in wish) return undefined
  return { option: wish.option, chosen: !('quantity' in wish || wish.chosen) }
}

/** What a decision says, as chains say it. */
function statementsOf(decision: Decision): Statement[] {
  if ('number' in decision) {
    const { number, value } = decision
    return [
      { number, counts: true },
      { number, atMost: value },
      { number, atLeast: value },
    ]
  }
  const { option } = decision
  if ('chosen' in decision) return [{ option, chosen: decision.chosen }]
  return [
    { option, chosen: true },
    { option, atMost: decision.quantity },
    { option, atLeast: decision.quantity },
  ]
}

/** A number that does not count, and pieces of what is not chosen, stand at their least. */
function statementHolds({ index }: Compiled, statement: Statement, { options, numbers }: Selection): boolean {
  if ('chosen' in statement) return (options[statement.option] !== undefined) === statement.chosen
  if ('counts' in statement) return (numbers[statement.number] !== undefined) === statement.counts
  const group = 'number' in statement ? index.groups.get(statement.number) : undefined
  const least =
    group?.kind === 'number' ? group.min : 'option' in statement ? index.options.get(statement.option)!.option.quantity!.min : 0
  const value = ('number' in statement ? numbers[statement.number] : options[statement.option]) ?? least
  return 'atMost' in statement ? value <= statement.atMost : value >= statement.atLeast
}
