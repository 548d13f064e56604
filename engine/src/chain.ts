import type { RuleRef, Statement, Step } from './api.ts'
import { type Fact, literalOf } from './fact.ts'
import { valueAt } from './grid.ts'
import type { Lowered } from './lower.ts'
import type { Part } from './restrict.ts'
import { reasonOf } from './solver/analyze.ts'
import { negate } from './solver/problem.ts'
import { assume, reset } from './solver/search.ts'
import type { Solver } from './solver/solver.ts'
import { GUESS } from './solver/trail.ts'

/** What a literal rests on: rules, and literals that say something of the model. */
interface Basis {
  rules: Set<RuleRef>
  from: Set<number>
  /** the case that is tried is among it */
  supposing: boolean
}

/**
 * How rules lead from what is given to every case being ruled out, step by step. Where no step does that from what is given alone, a
 * single case is taken as given too, and the last step has no consequence: that cannot be. Empty where several things have to be tried.
 * The solver is one of the part; `ruleOf`: the rules that are to be used, by their selectors.
 */
export function chainOf(
  solver: Solver,
  part: Part,
  ruleOf: ReadonlyMap<number, RuleRef>,
  stated: (solver: Solver, part: Part, literal: number) => Statement | undefined,
): Step[] {
  const ends = endsOf(solver, part, [...ruleOf.keys()])
  const basisOf = new Map<number, Basis>()
  const steps: Step[] = []
  const restOn = (literals: readonly number[]): Basis => {
    const rules = new Set<RuleRef>()
    const from = new Set<number>()
    let supposing = false
    for (const literal of literals) {
      const basis = basisOf.get(literal)
      for (const rule of basis?.rules ?? []) rules.add(rule)
      for (const one of basis?.from ?? []) from.add(one)
      supposing ||= basis?.supposing ?? false
    }
    return { rules, from, supposing }
  }
  const told = ({ rules, from, supposing }: Basis, then: Statement | null) => {
    steps.push({ rules: [...rules], from: [...from].map(one => stated(solver, part, one)!), then, supposing })
  }
  const given = new Set(part.given.map(fact => literalOf(solver, fact)))
  for (const literal of behind(solver, ends)) {
    const statement = stated(solver, part, literal)
    const rule = ruleOf.get(literal)
    const guessed = solver.reasons[literal >> 1] === GUESS
    const basis = guessed ? restOn([]) : restOn(reasonsFor(solver, literal))
    if (rule) basis.rules.add(rule)
    else if (guessed && !given.has(literal)) basis.supposing = true
    if (!statement || (basis.rules.size === 0 && !guessed)) {
      basisOf.set(literal, basis)
      continue
    }
    if (!guessed) told(basis, statement)
    basisOf.set(literal, { rules: new Set(), from: new Set([literal]), supposing: basis.supposing })
  }
  const last = restOn(ends)
  if (last.rules.size > 0) told(last, null)
  return steps
}

/** Literals that hold once all is assumed, and of which each rules a case out, or all of them together; none where that takes a search. */
function endsOf(solver: Solver, { cases, given }: Part, selectors: readonly number[]): number[] {
  const literals = (facts: readonly Fact[]) => facts.map(fact => literalOf(solver, fact))
  const fails = (literal: number) => solver.values[literal]! < 0
  reset(solver)
  assume(solver, [...selectors, ...literals(given)])
  const failed = cases.flatMap(facts => literals(facts).find(fails) ?? [])
  if (failed.length === cases.length) return failed.map(negate)
  const [only, ...more] = cases
  if (!only || more.length > 0) return []
  for (const literal of literals(only)) {
    if (fails(literal)) return [negate(literal)]
    if (assume(solver, [literal])) return solver.conflict.map(negate)
  }
  return []
}

/** The literals from which others follow, those included, in the order in which they were assigned; facts left out. */
function behind(solver: Solver, ends: readonly number[]): number[] {
  const found = new Set<number>()
  const open = [...ends]
  for (let literal = open.pop(); literal !== undefined; literal = open.pop()) {
    if (found.has(literal) || solver.levels[literal >> 1] === 0) continue
    found.add(literal)
    if (solver.reasons[literal >> 1] !== GUESS) open.push(...reasonsFor(solver, literal))
  }
  return [...found].sort((a, b) => solver.positions[a >> 1]! - solver.positions[b >> 1]!)
}

function reasonsFor(solver: Solver, literal: number): number[] {
  const failed: number[] = []
  reasonOf(solver, literal, failed)
  return failed.map(negate)
}

/** Makes a function that says what a literal of a part means in words of the model; undefined of one that only helps. */
export function statementsIn({
  options,
  numbers,
}: Lowered): (solver: Solver, part: Part, literal: number) => Statement | undefined {
  const sayingAt = new Map<number, (holds: boolean) => Statement>()
  for (const { id, literal } of options.values()) sayingAt.set(literal >> 1, chosen => ({ option: id, chosen }))
  for (const [id, { literal }] of numbers) sayingAt.set(literal >> 1, counts => ({ number: id, counts }))
  const quantities = [...options.values()].flatMap(({ id, pieces }) => (pieces ? [[pieces, { option: id }] as const] : []))
  const scaleAt = new Map(
    [...Array.from(numbers, ([id, scale]) => [scale, { number: id }] as const), ...quantities].map(
      ([{ integer, grid }, subject]) => [integer, { grid, subject }],
    ),
  )
  return (solver, part, literal) => {
    const holds = (literal & 1) === 0
    const integer = solver.boundOf[literal >> 1]!
    if (integer < 0) return sayingAt.get(part.variableOf[literal >> 1] ?? -1)?.(holds)
    const scale = scaleAt.get(part.integerOf[integer]!)
    if (!scale) return undefined
    const bound = solver.boundAt[literal >> 1]!
    return holds
      ? { ...scale.subject, atMost: valueAt(scale.grid, bound) }
      : { ...scale.subject, atLeast: valueAt(scale.grid, bound + 1) }
  }
}
