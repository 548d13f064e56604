import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, one, option, some } from '../../test/handmade.ts'
import { candidates, intervals, universe } from '../../test/oracle.ts'
import { randomModel } from '../../test/random-model.ts'
import { unlessTooMany } from '../../test/random-situation.ts'
import { relaxedRules, tableHolds, valuesOf } from '../../test/relaxed-rules.ts'
import { runs } from '../../test/seed.ts'
import { check, constraints, structure } from '../check.ts'
import { type Compiled, compile } from '../compile.ts'
import { evaluateLogic, isChosen } from '../formula/evaluate.ts'
import type { Group, Model, PriceRule, Selection } from '../model.ts'
import { type Grid, gridValues, optionsOf, quantityGrid } from '../model-index.ts'
import type { ConstraintRule } from '../rules.ts'
import type { ReviewFinding } from './findings.ts'
import { review } from './review.ts'

const told = (findings: readonly ReviewFinding[]) => findings.map(({ code, path }) => `${code} ${path}`)

test('a review finds exactly what enumeration finds, and every selectable option has a valid selection with it', () => {
  const codes = new Set<string>()
  fc.assert(
    fc.property(randomModel(), model => {
      const result = compile(model)
      if (!result.ok) return
      const { compiled } = result
      const all = unlessTooMany(() => candidates(compiled.index, 5000))
      if (!all) return
      const { status, findings, unsettled, witnesses } = review(compiled)
      expect(status).toBe('proved')
      expect(unsettled).toEqual({ options: 0, conditions: 0, rules: 0 })
      expect(told(findings).sort()).toEqual(expected(compiled, all).sort())
      for (const { code } of findings) codes.add(code)
      for (const selection of witnesses.selections) expect(check(compiled, selection).valid).toBe(true)
      const selectable = [...compiled.index.options.keys()].filter(id =>
        all.some(selection => id in selection.options && check(compiled, selection).valid),
      )
      expect(Object.keys(witnesses.of).sort()).toEqual(selectable.sort())
      for (const [id, place] of Object.entries(witnesses.of)) expect(witnesses.selections[place]!.options).toHaveProperty(id)
    }),
    runs(1500),
  )
  expect([...codes].sort()).toEqual([
    ...['always-chosen', 'dead-option', 'dead-values', 'false-optional', 'redundant-rule'],
    ...['unreachable-price', 'void-condition'],
  ])
}, 120_000)

test('the rules of a finding are enough for it, and none of them is superfluous', () => {
  let explained = 0
  fc.assert(
    fc.property(randomModel({ groups: 3 }), model => {
      const result = compile(model)
      if (!result.ok) return
      const { compiled } = result
      const everything = unlessTooMany(() => universe(compiled.index, 20_000))
      if (!everything) return
      const known = relaxedRules(compiled)
      for (const finding of review(compiled).findings) {
        explained++
        expect(finding.status).toBe('proved')
        const contrary = contraryOf(compiled, finding)
        const excludes = (rules: ReviewFinding['rules']) => {
          const holding = known.filter(({ ref }) => rules.some(({ kind, id }) => kind === ref.kind && id === ref.id))
          return !everything.some(selection => contrary(selection) && holding.every(rule => rule.holds(selection)))
        }
        expect(excludes(finding.rules)).toBe(true)
        for (const rule of finding.rules) expect(excludes(finding.rules.filter(other => other !== rule))).toBe(false)
      }
    }),
    runs(500),
  )
  expect(explained).toBeGreaterThan(300)
}, 120_000)

/** Everything a review should tell of a small model, by looking at every selection. */
function expected(compiled: Compiled, all: readonly Selection[]): string[] {
  const { model, index, rules } = compiled
  const rightly = all.filter(selection => structure(index).every(rule => rule.holds(selection)))
  const own = constraints(compiled)
  const broken = rightly.map(selection => own.filter(rule => !rule.holds(selection)))
  const valid = rightly.filter((_, at) => broken[at]!.length === 0)
  const never = (what: (selection: Selection) => boolean) => !valid.some(what)
  const dead = (id: string | undefined) => id !== undefined && never(selection => id in selection.options)
  const always = (id: string) => valid.every(selection => id in selection.options)
  const found: string[] = []

  for (const [at, group] of model.groups.entries()) {
    if (dead(group.parent)) continue
    const path = `/groups/${at}`
    if (group.kind === 'number') {
      const values = valid.flatMap(({ numbers }) => numbers[group.id] ?? [])
      if (isMissing(values, index.grids.get(group.id)!)) found.push(`dead-values ${path}`)
    }
    for (const [place, { id, quantity }] of optionsOf(group).entries()) {
      const here = group.kind === 'yes-no' ? `${path}/option` : `${path}/options/${place}`
      const pieces = valid.flatMap(({ options }) => options[id] ?? [])
      if (pieces.length === 0) {
        found.push(`dead-option ${here}`)
        continue
      }
      if (quantity && isMissing(pieces, quantityGrid(index.options.get(id)!.option))) found.push(`dead-values ${here}/quantity`)
      if (!isOptional(group)) continue
      if (always(id)) found.push(`always-chosen ${here}`)
      else if (group.parent !== undefined && never(({ options }) => group.parent! in options && !(id in options)))
        found.push(`false-optional ${here}`)
    }
  }

  for (const [at, constraint] of rules.constraints.entries()) {
    const others = rightly.filter((_, i) => broken[i]!.every(rule => rule === own[at]))
    const applies = (selection: Selection) => constraint.when === undefined || evaluateLogic(constraint.when, selection)
    if (others.some(selection => !own[at]!.holds(selection))) continue
    if (!others.some(applies)) found.push(`void-condition /constraints/${at}/when`)
    else if (constraint.kind === 'requires' && !others.some(s => applies(s) && evaluateLogic(constraint.premise, s)))
      found.push(`void-condition /constraints/${at}/if`)
    else found.push(`redundant-rule /constraints/${at}`)
  }
  for (const [field, list] of Object.entries({ defaults: rules.defaults, bom: rules.bom, spec: rules.spec })) {
    for (const [at, { when }] of list.entries())
      if (when && never(selection => evaluateLogic(when, selection))) found.push(`void-condition /${field}/${at}/when`)
  }
  for (const [at, { rule, when }] of rules.prices.entries()) {
    const path = `/prices/${at}`
    const charged = valid.filter(selection => !when || evaluateLogic(when, selection))
    if (charged.length === 0) found.push(`unreachable-price ${path}/when`)
    else found.push(...unreached(rule, path, charged).map(place => `unreachable-price ${place}`))
  }
  return found
}

function unreached(rule: PriceRule, path: string, charged: readonly Selection[]): string[] {
  if (rule.kind === 'options')
    return Object.keys(rule.amounts).flatMap(id => (charged.some(({ options }) => id in options) ? [] : `${path}/amounts/${id}`))
  if (rule.kind !== 'quantity' && rule.kind !== 'tier') return []
  const values = charged
    .flatMap(({ options, numbers }) => options[rule.of] ?? numbers[rule.of] ?? [])
    .filter(value => value !== 0)
  if (values.length === 0) return [path]
  if (rule.kind === 'quantity') return []
  const used = new Set(values.map(value => rule.tiers.findIndex(({ upTo }) => upTo === undefined || value <= upTo)))
  return rule.tiers.flatMap((_, at) => (used.has(at) ? [] : `${path}/tiers/${at}`))
}

const isMissing = (values: readonly number[], grid: Grid) => new Set(values).size < gridValues(grid).length

const isOptional = (group: Group) =>
  group.kind === 'choose-one'
    ? group.optional || group.options.length > 1
    : group.kind !== 'choose-some' || (group.min ?? 0) < group.options.length

/** What would have to be so for a finding to be wrong. */
function contraryOf(compiled: Compiled, { code, path, subject }: ReviewFinding): (selection: Selection) => boolean {
  const { index, rules, model } = compiled
  const [, field, place, part, last] = path.split('/')
  const at = Number(place)
  switch (code) {
    case 'dead-option':
      return selection => isChosen(selection, subject!)
    case 'always-chosen':
      return selection => !isChosen(selection, subject!)
    case 'false-optional':
      return selection => isChosen(selection, model.groups[at]!.parent!) && !isChosen(selection, subject!)
    case 'dead-values': {
      const grid = index.grids.get(subject!) ?? quantityGrid(index.options.get(subject!)!.option)
      const valid = candidates(index).filter(selection => check(compiled, selection).valid)
      const had = new Set(valid.flatMap(({ options, numbers }) => options[subject!] ?? numbers[subject!] ?? []))
      const gaps = intervals(
        gridValues(grid).filter(value => !had.has(value)),
        grid,
      )
      const width = ({ min, max }: { min: number; max: number }) => Math.round((max - min) * 1e6)
      const widest = gaps.find(gap => gaps.every(other => width(other) <= width(gap)))!
      return ({ options, numbers }) => {
        const value = options[subject!] ?? numbers[subject!]
        return value !== undefined && value >= widest.min && value <= widest.max
      }
    }
    case 'redundant-rule':
      return violationOf(compiled, rules.constraints[at]!)
    case 'void-condition': {
      if (field !== 'constraints') {
        const { when } = rules[field as 'defaults' | 'bom' | 'spec'][at]!
        return selection => evaluateLogic(when!, selection)
      }
      const constraint = rules.constraints[at]!
      return selection =>
        (!constraint.when || evaluateLogic(constraint.when, selection)) &&
        (part === 'when' || (constraint.kind === 'requires' && evaluateLogic(constraint.premise, selection)))
    }
    case 'unreachable-price': {
      const { rule, when } = rules.prices[at]!
      const applies = (selection: Selection) => !when || evaluateLogic(when, selection)
      if (part === 'when') return applies
      if (part === 'amounts') return selection => applies(selection) && isChosen(selection, last!)
      return selection => {
        if (rule.kind !== 'tier' && rule.kind !== 'quantity') throw new Error(`${rule.kind} has no value`)
        const value = selection.options[rule.of] ?? selection.numbers[rule.of] ?? 0
        if (!applies(selection) || value === 0) return false
        return part === undefined || (rule.kind === 'tier' && tierOf(rule.tiers, value) === Number(last))
      }
    }
    default:
      return code satisfies never
  }
}

const tierOf = (tiers: { upTo?: number }[], value: number) => tiers.findIndex(({ upTo }) => upTo === undefined || value <= upTo)

function violationOf({ index, ...rulebook }: Compiled, constraint: ConstraintRule): (selection: Selection) => boolean {
  if (constraint.kind === 'table') {
    const { rule, when } = constraint
    const opposite = { ...rule, mode: rule.mode === 'forbidden' ? ('allowed' as const) : ('forbidden' as const) }
    return selection =>
      (!when || evaluateLogic(when, selection)) &&
      rule.columns.every(column => valuesOf(column, index, selection).length > 0) &&
      tableHolds(opposite, index, selection)
  }
  const own = constraints({ index, ...rulebook }).find(({ ref }) => ref.id === constraint.rule.id)!
  return selection => !own.holds(selection)
}

const machine = (rules: string[], more: Partial<Model> = {}) =>
  compiled(
    handmade(
      [
        one('spindle', ['slow', 'fast']),
        some('extras', ['pump', option('lamp', { quantity: { min: 1, max: 4 } })]),
        number('length', 1, 9),
      ],
      rules,
      more,
    ),
  )

test('what is found says in both languages what is wrong, by which rules, and what to do', () => {
  const finding = review(machine(['fast => pump', 'pump => length > 9'])).findings.find(({ code }) => code === 'dead-option')
  expect(finding).toMatchObject({
    code: 'dead-option',
    path: '/groups/0/options/1',
    subject: 'fast',
    rules: [{ id: 'rule0' }, { id: 'rule1' }],
    status: 'proved',
  })
  expect(finding!.message.en).toBe('Nobody can ever choose “fast” in “spindle”: rule0; rule1.')
  expect(finding!.message['zh-CN']).toBe('“spindle”中的“fast”无论如何都选不到：rule0；rule1。')
})

test('a rule that excludes its own condition is not void: it is what excludes it', () => {
  const constraints = [{ id: 'never', kind: 'requires', if: 'fast', then: 'length > 9' } as const]
  expect(told(review(machine([], { constraints })).findings)).toEqual([
    'always-chosen /groups/0/options/0',
    'dead-option /groups/0/options/1',
  ])
})

test('of two rules that say the same each names the other', () => {
  const { findings } = review(machine(['fast => pump', '!pump => !fast']))
  expect(findings.map(({ code, rule, rules }) => [code, rule, rules.map(({ id }) => id)])).toEqual([
    ['redundant-rule', 'rule0', ['rule1']],
    ['redundant-rule', 'rule1', ['rule0']],
  ])
})

test('a number tells what is left of its range', () => {
  const [finding] = review(machine(['length != 4 & length <= 6'])).findings
  expect(finding).toMatchObject({ code: 'dead-values', path: '/groups/2', value: '1..3 5..6' })
  expect(finding!.message.en).toBe('“length” ranges from 1 to 9, but can only be 1 to 3, 5 to 6: rule0.')
})

test('a budget that ends too early says what was left out, and tells nothing that is not proved', () => {
  const model = machine(['fast => pump', '!pump => !fast', 'pump => length > 9'], {
    prices: [{ id: 'base', kind: 'bundle', amount: 1, when: 'fast' }],
    defaults: [{ when: 'lamp > 3', number: 'length', value: 2 }],
  })
  const whole = review(model)
  const little = review(model, { steps: 6 })
  expect(little.status).toBe('best-found')
  expect(little.unsettled.rules).toBeGreaterThan(0)
  expect(told(whole.findings)).toEqual(expect.arrayContaining(told(little.findings)))
  const stopped = review(model, { shouldStop: () => true })
  expect(stopped.findings.every(({ status, rules }) => status === 'stopped' && rules.length === 0)).toBe(true)
  expect(told(stopped.findings)).toContain('dead-option /groups/0/options/1')
})
