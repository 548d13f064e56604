import { fail } from '../problem.ts'
import { aggregated } from './aggregates.ts'
import { and, FALSE, not, or, TRUE } from './logic.ts'
import { follow, isKnownText } from './paths.ts'
import type { Condition, CoomFile, Formula, Rule } from './syntax.ts'
import type { Part, Product } from './things.ts'
import { arithmetic, compared, constant, NotExpressed, numeric, UNDEFINED, type Value, valueOfThing } from './values.ts'

/** Statements for single things beyond this are refused. */
const MAX_GROUND = 100_000

export interface Grounding {
  file: CoomFile
  product: Product
  /** called where a path leads nowhere */
  unknown(at: string, path: string): void
  /** how many statements for single things there are so far */
  made: number
}

/** A statement that speaks of one thing wherever its paths lead to several. */
export interface Ground {
  part: Part
  /** holds while these things are there */
  guard: string
  /** by formula of the file: its value; paths outside of aggregates only */
  values: Map<Formula, Value>
}

/** A statement once for each part it is written for, and for each combination of what its paths lead to there. */
export function* groundings(grounding: Grounding, rule: Rule, formulas: Formula[], conditions: Condition[]): Generator<Ground> {
  for (const part of grounding.product.parts.get(rule.structure) ?? []) {
    const paths = new Map<Formula, Value[]>()
    const note = (formula: Formula) => collect(grounding, rule, part, formula, paths, [])
    for (const formula of formulas) note(formula)
    for (const condition of conditions) for (const formula of formulasOf(condition)) note(formula)
    const open = [...paths].map(([formula, values]) => ({ formula, ways: waysOf(values) }))
    const values = new Map<Formula, Value>()
    yield* combinations(0, part.present)

    function* combinations(place: number, guard: string): Generator<Ground> {
      const path = open[place]
      if (!path) {
        if (++grounding.made > MAX_GROUND)
          fail(
            'too-large',
            rule.at,
            '',
            [`规则展开后超过 ${MAX_GROUND} 条`, '请缩小数量的上限，或用 sum、count 代替逐个比较'],
            [
              `Written out for every thing, the rules are more than ${MAX_GROUND}`,
              'Lower the upper bounds, or compare sums and counts instead of each with each',
            ],
          )
        yield { part, guard, values: new Map(values) }
        return
      }
      for (const way of path.ways) {
        values.set(path.formula, way.value)
        yield* combinations(place + 1, and([guard, way.guard]))
      }
    }
  }
}

/** A path stands for each of its things that is there, or for nothing where none is. */
function waysOf(values: Value[]): { guard: string; value: Value }[] {
  const ways = values
    .filter(({ defined }) => defined !== FALSE)
    .map(value => ({ guard: value.defined, value: { ...value, defined: TRUE } }))
  const none = and(ways.map(({ guard }) => not(guard)))
  return none === FALSE ? ways : [...ways, { guard: none, value: UNDEFINED }]
}

/** Every formula that a condition compares. */
export function formulasOf(condition: Condition): Formula[] {
  if (condition.op === 'not') return formulasOf(condition.arg)
  if (condition.op === 'compare') return [condition.first, ...condition.rest.map(({ formula }) => formula)]
  return condition.args.flatMap(formulasOf)
}

/** Finds the paths of a formula and what each leads to. `within`: the definitions being looked into. */
function collect(
  grounding: Grounding,
  rule: Rule,
  part: Part,
  formula: Formula,
  paths: Map<Formula, Value[]>,
  within: string[],
): void {
  switch (formula.op) {
    case 'number':
    case 'text':
      return
    case 'unknown':
      throw new NotExpressed(formula.at, formula.what)
    case 'aggregate':
      paths.set(formula, [aggregated(grounding, part, formula)])
      return
    case 'negate':
      collect(grounding, rule, part, formula.arg, paths, within)
      return
    case 'path': {
      const defined = definition(rule, formula, within)
      if (defined) collect(grounding, rule, part, defined, paths, [...within, formula.path.items[0]!.name])
      else paths.set(formula, pathValues(grounding, part, formula))
      return
    }
    default:
      collect(grounding, rule, part, formula.left, paths, within)
      collect(grounding, rule, part, formula.right, paths, within)
  }
}

function definition(rule: Rule, formula: Formula, within: string[]): Formula | undefined {
  if (formula.op !== 'path' || formula.path.items.length > 1) return undefined
  const { name } = formula.path.items[0]!
  return within.includes(name) ? undefined : rule.defined.get(name)
}

/** What a path may stand for, one thing at a time; a name that is no feature is a text. */
function pathValues({ file, product, unknown }: Grounding, part: Part, formula: Extract<Formula, { op: 'path' }>): Value[] {
  const { path, at } = formula
  const { things, attribute, unknown: nowhere } = follow(product, part, path)
  const written = path.items.map(({ name }) => name).join('.')
  if (nowhere) {
    if (path.items.length === 1 && (isKnownText(file, written) || /^\p{Lu}/u.test(written)))
      return [constant({ kind: 'text', text: written })]
    unknown(at, written)
  }
  return things.map(thing => valueOfThing(product, thing, attribute, at))
}

/** The value of a formula for single things. */
export function evaluate(rule: Rule, { values }: Ground, formula: Formula, within: string[] = []): Value {
  const known = values.get(formula)
  if (known) return known
  const of = (formula: Formula) => evaluate(rule, { values } as Ground, formula, within)
  switch (formula.op) {
    case 'number':
      return constant({ kind: 'number', text: formula.text })
    case 'text':
      return constant({ kind: 'text', text: formula.text })
    case 'path':
      return evaluate(rule, { values } as Ground, definition(rule, formula, within)!, [...within, formula.path.items[0]!.name])
    case 'negate': {
      const arg = of(formula.arg)
      return numeric(arg.defined, arithmetic('0', '-', numberOf(arg, formula)))
    }
    case '+':
    case '-': {
      // What is undefined adds nothing, as long as the other side is there.
      const [left, right] = [of(formula.left), of(formula.right)]
      return numeric(or([left.defined, right.defined]), arithmetic(numberOf(left, formula), formula.op, numberOf(right, formula)))
    }
    case '*':
    case '/': {
      const [left, right] = [of(formula.left), of(formula.right)]
      return numeric(
        and([left.defined, right.defined]),
        arithmetic(numberOf(left, formula), formula.op, numberOf(right, formula)),
      )
    }
    case '^': {
      const left = of(formula.left)
      const { right } = formula
      const power = right.op === 'number' ? Number(right.text) : Number.NaN
      if (!(Number.isInteger(power) && power >= 1 && power <= 4)) throw new NotExpressed(formula.at, '^')
      const factors = Array.from({ length: power }, () => numberOf(left, formula))
      return numeric(
        left.defined,
        factors.reduce((product, factor) => arithmetic(product, '*', factor)),
      )
    }
    default:
      throw new NotExpressed(formula.at, formula.op)
  }
}

function numberOf(value: Value, { at, op }: Formula): string {
  if (value.defined === FALSE) return '0'
  if (value.number === undefined) throw new NotExpressed(at, value.extreme ? `${op} ${value.extreme.of}()` : op)
  return value.number
}

/** A condition for single things: whether all it speaks of is there, and whether it holds then. */
export function truthOf(rule: Rule, ground: Ground, condition: Condition): { defined: string; holds: string } {
  switch (condition.op) {
    case 'not': {
      const { defined, holds } = truthOf(rule, ground, condition.arg)
      return { defined, holds: not(holds) }
    }
    case 'and':
    case 'or': {
      const args = condition.args.map(arg => truthOf(rule, ground, arg))
      const join = condition.op === 'and' ? and : or
      return { defined: and(args.map(({ defined }) => defined)), holds: join(args.map(({ holds }) => holds)) }
    }
    case 'compare': {
      const first = evaluate(rule, ground, condition.first)
      const rest = condition.rest.map(({ sign, formula }) => ({ sign, value: evaluate(rule, ground, formula) }))
      // A formula alone is a Bool.
      if (rest.length === 0) rest.push({ sign: '==', value: constant({ kind: 'text', text: 'True' }) })
      const parts = rest.map(({ sign, value }, i) => compared(i === 0 ? first : rest[i - 1]!.value, sign, value, condition.at))
      return { defined: and([first, ...rest.map(({ value }) => value)].map(({ defined }) => defined)), holds: and(parts) }
    }
  }
}
