import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import type { Constraint, Default, Objective } from '../../model.ts'
import { text as both } from '../tree/groups.ts'
import { type Ids, uniqueId } from '../tree/names.ts'
import { combined } from './combinations.ts'
import { notExpressed } from './expand.ts'
import { evaluate, type Ground, type Grounding, groundings, truthOf } from './ground.ts'
import { and, FALSE, TRUE } from './logic.ts'
import { follow } from './paths.ts'
import type { CoomFile, Formula, Rule, Statement } from './syntax.ts'
import type { Product } from './things.ts'
import { compared, NotExpressed } from './values.ts'

export interface Rules {
  constraints: Constraint[]
  defaults: Default[]
  objectives: Objective[]
}

/** A constraint without what all constraints of a statement have in common. `when`: it holds only while this does. */
export type Demand = { when: string } & (
  | { kind: 'formula'; formula: string }
  | {
      kind: 'table'
      columns: string[]
      rows: (string | number | boolean | (string | number)[])[][]
      mode: 'allowed' | 'forbidden'
    }
)

interface Writing extends Grounding {
  rules: Rules
  ids: Ids
  notes: ModelError[]
  /** by priority: what is to be as small as possible */
  goals: Map<number, { sign: 1 | -1; text: string }[]>
}

/**
 * The statements of a file for every thing they speak of. A rule says nothing where something it speaks of is not there,
 * but for sums, which it leaves out. What a formula cannot say is noted and constrains nothing.
 */
export function rulesOf(file: CoomFile, product: Product, unknown: Grounding['unknown'], notes: ModelError[]): Rules {
  const rules: Rules = { constraints: structural(product), defaults: [], objectives: [] }
  const ids: Ids = new Map(rules.constraints.map(({ id }) => [id, 2]))
  const writing: Writing = { file, product, unknown, made: 0, rules, ids, notes, goals: new Map() }
  for (const rule of file.rules) {
    try {
      write(writing, rule)
    } catch (error) {
      if (!(error instanceof NotExpressed)) throw error
      notes.push(notExpressed(error.at, error.what))
    }
  }
  for (const [, goals] of [...writing.goals].sort(([a], [b]) => b - a)) rules.objectives.push(objective(goals))
  return rules
}

/** What keeps instances in order and pieces within their number. */
function structural({ chains, totals }: Product): Constraint[] {
  const constraints: Constraint[] = chains.map(({ id, before }) => ({
    id: `${id} after ${before}`.slice(0, 200),
    kind: 'requires',
    if: printName(id),
    then: printName(before),
  }))
  for (const { group, present, options, min, max } of totals) {
    const sum = options.join(' + ')
    if (min > 1) {
      const when = present === TRUE ? {} : { when: present }
      constraints.push({ id: `${group} at least ${min}`.slice(0, 200), kind: 'formula', ...when, formula: `${sum} >= ${min}` })
    }
    constraints.push({ id: `${group} at most ${max}`.slice(0, 200), kind: 'formula', formula: `${sum} <= ${max}` })
  }
  return constraints
}

function write(writing: Writing, rule: Rule): void {
  const { statement } = rule
  if (statement.kind === 'ignored') {
    writing.notes.push(notExpressed(rule.at, statement.what))
    return
  }
  if (!writing.product.parts.has(rule.structure) && !writing.file.structures.has(rule.structure)) {
    writing.unknown(rule.at, rule.structure)
    return
  }
  if (statement.kind === 'default') writing.rules.defaults.push(...defaults(writing, rule, statement))
  else if (statement.kind === 'optimize') optimize(writing, rule, statement)
  else for (const demand of [...demandsOf(writing, rule)]) add(writing, rule, demand)
}

/** What a hard rule demands, for every thing it speaks of. Throws NotExpressed. */
export function* demandsOf(grounding: Grounding, rule: Rule): Generator<Demand> {
  const { statement } = rule
  if (statement.kind === 'combinations') yield* combined(grounding, rule, statement)
  if (statement.kind === 'require') {
    for (const ground of groundings(grounding, rule, [], [...rule.conditions, statement.condition])) {
      const { defined, holds } = truthOf(rule, ground, statement.condition)
      yield { kind: 'formula', when: and([premise(rule, ground), defined]), formula: holds }
    }
  }
  if (statement.kind === 'imply') {
    const path: Formula = { op: 'path', path: statement.path, at: statement.path.at }
    for (const ground of groundings(grounding, rule, [path, statement.formula], rule.conditions)) {
      const left = evaluate(rule, ground, path)
      const right = evaluate(rule, ground, statement.formula)
      const when = and([premise(rule, ground), left.defined, right.defined])
      yield { kind: 'formula', when, formula: compared(left, '==', right, rule.at) }
    }
  }
}

/** What must hold for a rule to speak: the part is there, and so is all that the conditions name, and they hold. */
export function premise(rule: Rule, ground: Ground): string {
  const conditions = rule.conditions.map(condition => truthOf(rule, ground, condition))
  return and([ground.guard, ...conditions.flatMap(({ defined, holds }) => [defined, holds])])
}

function add({ rules, ids }: Writing, rule: Rule, demand: Demand): void {
  const { when, ...rest } = demand
  if (when === FALSE || (rest.kind === 'formula' && rest.formula === TRUE)) return
  rules.constraints.push({
    id: uniqueId(`line-${rule.at.split(':')[0]}`, ids),
    ...(rule.explanation !== undefined && { message: both(rule.explanation) }),
    ...(when !== TRUE && { when }),
    ...rest,
  })
}

function* defaults(writing: Writing, rule: Rule, { path, formula }: Extract<Statement, { kind: 'default' }>): Generator<Default> {
  for (const ground of groundings(writing, rule, [formula], rule.conditions)) {
    const wanted = evaluate(rule, ground, formula).cases
    const [only] = wanted ?? []
    if (!only || wanted?.length !== 1) throw new NotExpressed(rule.at, 'default')
    const condition = premise(rule, ground)
    if (condition === FALSE) continue
    for (const thing of follow(writing.product, ground.part, path).things) {
      const when = condition === TRUE ? {} : { when: condition }
      if (thing.kind === 'number' && only.value.kind === 'number')
        yield { ...when, number: thing.id, value: Number(only.value.text) }
      if (thing.kind !== 'choice') continue
      const match = thing.cases.find(({ value }) => value === only.value.text)
      if (!match) continue
      if (typeof match.cell === 'string') yield { ...when, option: match.cell, chosen: true }
      else yield { ...when, option: thing.id, chosen: match.cell }
    }
  }
}

function optimize(writing: Writing, rule: Rule, { goal, priority, formula }: Extract<Statement, { kind: 'optimize' }>): void {
  if (rule.conditions.length > 0) throw new NotExpressed(rule.at, goal)
  const goals = writing.goals.get(priority) ?? []
  for (const ground of groundings(writing, rule, [formula], [])) {
    const { number } = evaluate(rule, ground, formula)
    if (number === undefined) throw new NotExpressed(rule.at, goal)
    goals.push({ sign: goal === 'least' ? 1 : -1, text: number })
  }
  if (goals.length > 0) writing.goals.set(priority, goals)
}

/** Goals of the same priority are one: what is wanted great counts against what is wanted small. */
function objective(goals: { sign: 1 | -1; text: string }[]): Objective {
  if (goals.every(({ sign }) => sign < 0)) return { goal: 'greatest', of: goals.map(({ text }) => text).join(' + ') }
  return { goal: 'least', of: goals.map(({ sign, text }, i) => (sign > 0 ? (i ? `+ ${text}` : text) : `- ${text}`)).join(' ') }
}
