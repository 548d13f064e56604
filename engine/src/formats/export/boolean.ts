import type { Arithmetic, Logic } from '../../formula/ast.ts'
import { evaluateLogic } from '../../formula/evaluate.ts'
import { floorDivide, gcd, inIntegers, linearFormOf, sumOf } from '../../linear-form.ts'
import type { ModelIndex } from '../../model-index.ts'
import type { Comparison } from './rules.ts'
import { always, and, chosen, iff, implies, never, not, or } from './simplify.ts'

/** Sums of more options, and those that need more cases, stay arithmetic. */
const MAX_TERMS = 2000
const MAX_CASES = 20_000
/** Other arithmetic is tried out in all cases of this many options. */
const MAX_TRIED = 10

/**
 * A comparison of sums and counts as formula of options alone; shared parts are the same objects.
 * undefined where numbers or pieces decide, or too many cases would have to be told apart.
 */
export function withoutArithmetic(comparison: Comparison, index: ModelIndex): Logic | undefined {
  if (asksNumbers(comparison.left, index) || asksNumbers(comparison.right, index)) return undefined
  const ids: string[] = []
  const literals = new Map<string, number>()
  const literalOf = (option: string) => {
    // 0 and 1 mean true and false in linear forms
    const literal = literals.get(option) ?? ids.push(option) + 1
    literals.set(option, literal)
    return literal
  }
  const names = {
    option: literalOf,
    pieces: () => undefined,
    number: () => {
      throw new Error('no number is left')
    },
  }
  const left = linearFormOf(comparison.left, names)
  const right = linearFormOf(comparison.right, names)
  if (left === 'undefined' || right === 'undefined') return never
  if (!left || !right) return tried(comparison)
  const whole = inIntegers(sumOf(left, right, { n: -1n, d: 1n }), [])
  if (!whole || whole.literals.length > MAX_TERMS) return undefined
  const terms = whole.literals.map(([literal, factor]) => ({ option: ids[literal - 2]!, factor }))
  const below = (most: bigint) => sumAtMost(terms, most)
  const above = (least: bigint) =>
    sumAtMost(
      terms.map(({ option, factor }) => ({ option, factor: -factor })),
      -least,
    )
  const limit = -whole.constant
  return combined(comparison.op, below, above, limit)
}

function combined(
  op: Comparison['op'],
  below: (most: bigint) => Logic | undefined,
  above: (least: bigint) => Logic | undefined,
  limit: bigint,
): Logic | undefined {
  const both = (join: typeof and, a: Logic | undefined, b: Logic | undefined) => a && b && join([a, b])
  switch (op) {
    case '<=':
      return below(limit)
    case '<':
      return below(limit - 1n)
    case '>=':
      return above(limit)
    case '>':
      return above(limit + 1n)
    case '==':
      return both(and, below(limit), above(limit))
    case '!=':
      return both(or, below(limit - 1n), above(limit + 1n))
    default:
      return undefined
  }
}

/** Terms add up to at most that: term by term, the heaviest first; what is left after a term is worked out once. */
function sumAtMost(terms: { option: string; factor: bigint }[], most: bigint): Logic | undefined {
  let divisor = 0n
  for (const { factor } of terms) divisor = gcd(divisor, factor < 0n ? -factor : factor)
  if (divisor === 0n) return most >= 0n ? always : never
  let limit = floorDivide(most, divisor)
  const parts = terms.map(({ option, factor }) => {
    const weight = factor / divisor
    if (weight < 0n) limit -= weight
    return { yes: weight > 0n ? chosen(option) : not(chosen(option)), weight: weight < 0n ? -weight : weight }
  })
  parts.sort((a, b) => (a.weight < b.weight ? 1 : a.weight > b.weight ? -1 : 0))
  const rest = new Array<bigint>(parts.length + 1).fill(0n)
  for (let i = parts.length - 1; i >= 0; i--) rest[i] = rest[i + 1]! + parts[i]!.weight
  const known = parts.map(() => new Map<bigint, Logic>())
  let cases = 0
  const atMost = (i: number, left: bigint): Logic => {
    if (left < 0n) return never
    if (left >= rest[i]!) return always
    const found = known[i]!.get(left)
    if (found || ++cases > MAX_CASES) return found ?? never
    const { yes, weight } = parts[i]!
    const logic = and([atMost(i + 1, left), or([not(yes), atMost(i + 1, left - weight)])])
    known[i]!.set(left, logic)
    return logic
  }
  const logic = atMost(0, limit)
  return cases > MAX_CASES ? undefined : logic
}

/** By trying every case, option by option. */
function tried(comparison: Comparison): Logic | undefined {
  const options = [...new Set([...optionsIn(comparison.left), ...optionsIn(comparison.right)])]
  if (options.length > MAX_TRIED) return undefined
  const cases = (i: number, taken: Record<string, number>): Logic => {
    const option = options[i]
    if (option === undefined) return evaluateLogic(comparison, { options: taken, numbers: {} }) ? always : never
    const [yes, no] = [cases(i + 1, { ...taken, [option]: 1 }), cases(i + 1, taken)]
    if (JSON.stringify(yes) === JSON.stringify(no)) return yes
    if (yes.op === 'true') return or([chosen(option), no])
    if (no.op === 'true') return or([not(chosen(option)), yes])
    return or([and([chosen(option), yes]), and([not(chosen(option)), no])])
  }
  return cases(0, {})
}

/** Whether a number, or how many pieces of something there are, decides. */
function asksNumbers(node: Arithmetic, index: ModelIndex): boolean {
  const several = (option: string) => {
    const quantity = index.options.get(option)?.option.quantity
    return quantity !== undefined && !(quantity.min === 1 && quantity.max === 1)
  }
  switch (node.op) {
    case 'literal':
    case 'max':
    case 'min':
    case 'count':
      return false
    case 'number':
      return true
    case 'quantity':
      return several(node.option)
    case 'sum':
      return node.terms.some(({ option }) => several(option))
    case 'negate':
      return asksNumbers(node.arg, index)
    default:
      return asksNumbers(node.left, index) || asksNumbers(node.right, index)
  }
}

function optionsIn(node: Arithmetic): string[] {
  switch (node.op) {
    case 'literal':
    case 'number':
      return []
    case 'quantity':
      return [node.option]
    case 'sum':
    case 'max':
    case 'min':
      return node.terms.map(({ option }) => option)
    case 'count':
      return node.options
    case 'negate':
      return optionsIn(node.arg)
    default:
      return [...optionsIn(node.left), ...optionsIn(node.right)]
  }
}

/**
 * A formula with every comparison replaced. One that cannot be (`replace` says undefined) takes the value that forbids least: what is
 * around it still constrains.
 */
export function replaceComparisons(logic: Logic, replace: (comparison: Comparison) => Logic | undefined): Logic {
  let failed = 0
  return replaced(logic, true)

  function replaced(node: Logic, weakest: boolean): Logic {
    switch (node.op) {
      case 'true':
      case 'false':
      case 'chosen':
        return node
      case 'not':
        return not(replaced(node.arg, !weakest))
      case 'and':
        return and(node.args.map(arg => replaced(arg, weakest)))
      case 'or':
        return or(node.args.map(arg => replaced(arg, weakest)))
      case 'implies':
        return implies(replaced(node.left, !weakest), replaced(node.right, weakest))
      case 'iff': {
        const before = failed
        const both = iff(replaced(node.left, weakest), replaced(node.right, weakest))
        if (failed === before) return both
        // what cannot be replaced pulls either way here
        return weakest ? always : never
      }
      default: {
        const other = replace(node)
        if (!other) failed++
        return other ?? (weakest ? always : never)
      }
    }
  }
}

/** Whether a formula, written out in full, has at most that many parts. */
export function isShort(logic: Logic, limit: number): boolean {
  const open = [logic]
  let parts = 0
  for (let next = open.pop(); next; next = open.pop()) {
    if (++parts > limit) return false
    if (next.op === 'and' || next.op === 'or') {
      if (next.args.length > limit) return false
      open.push(...next.args)
    } else if (next.op === 'not') open.push(next.arg)
    else if (next.op === 'implies' || next.op === 'iff') open.push(next.left, next.right)
  }
  return true
}
