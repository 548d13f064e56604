import type { Logic } from '../../formula/ast.ts'
import { optionsOf } from '../../model-index.ts'
import type { Rulebook } from '../../rules.ts'
import { replaceComparisons, withoutArithmetic } from '../export/boolean.ts'
import { changed, type ExportResult, lost, lostEverywhere, noteRule, some } from '../export/lost.ts'
import { atLeast, atMost, exclusive, rulesAsLogic } from '../export/rules.ts'
import { always, and, chosen, implies, not, or, partsOf } from '../export/simplify.ts'

/**
 * A model as clauses: every option a variable with its name, in the order of the model. Where clauses would become too many, further
 * variables stand for parts of a formula; each follows from the options, so that there are as many solutions as selections.
 * Numbers and pieces are left out, and comparisons with them forbid nothing.
 */
export function exportDimacs({ index, rules }: Rulebook): ExportResult {
  const { model } = index
  const options = [...index.options.keys()]
  const notes = lostEverywhere(model, { names: false, prices: false })
  const clauses = new Clauses(options)
  for (const group of model.groups) {
    const ids = optionsOf(group).map(({ id }) => id)
    const { parent } = group
    if (parent !== undefined) for (const id of ids) clauses.require(implies(chosen(id), chosen(parent)))
    if (group.kind === 'number') continue
    const [min, max] =
      group.kind === 'choose-one'
        ? [group.optional ? 0 : 1, 1]
        : group.kind === 'choose-some'
          ? [group.min ?? 0, group.max ?? ids.length]
          : [0, 1]
    clauses.require(implies(parent === undefined ? always : chosen(parent), boolean(atLeast(ids, min))))
    clauses.require(boolean(atMost(ids, max)))
  }
  for (const { id, path, logic } of rulesAsLogic({ index, rules })) {
    const note = () => noteRule(notes, path, id, '其中有数值、数量或过多的情况', 'it has numbers, pieces, or too many cases')
    clauses.require(boolean(logic, note))
  }
  const numbers = [...index.grids.keys()]
  const pieces = options.filter(id => (index.options.get(id)?.option.quantity?.max ?? 1) > 1)
  const attributes = model.attributes.map(({ id }) => id)
  if (numbers.length) notes.push(lost('/groups', some(numbers), '数值组', 'number groups'))
  if (pieces.length) notes.push(lost('/groups', some(pieces), '选项的数量', 'pieces of options'))
  if (attributes.length) notes.push(lost('/attributes', some(attributes), '属性', 'attributes'))
  if (clauses.added > 0)
    notes.push(
      changed(
        '/constraints',
        String(clauses.added),
        '辅助变量代表约束的一部分',
        'further variables stand for parts of constraints',
      ),
    )
  return { ok: true, text: clauses.text(options), notes }

  function boolean(logic: Logic, note?: () => void): Logic {
    return replaceComparisons(logic, comparison => {
      const few = exclusive(comparison)
      const spelledOut = few && few.length <= PAIRED ? pairs(few) : withoutArithmetic(comparison, index)
      if (!spelledOut) note?.()
      return spelledOut
    })
  }
}

/** Of more options, at most one is said with further variables. */
const PAIRED = 100

function pairs(options: string[]): Logic {
  return and(options.flatMap((a, i) => options.slice(i + 1).map(b => or([not(chosen(a)), not(chosen(b))]))))
}

/** A part of a formula that would take more clauses gets a variable. */
const MAX_CLAUSES = 60

/** Formulas to clauses. Literals are variable numbers from 1, negative for not. */
class Clauses {
  added = 0
  readonly #clauses: number[][] = []
  readonly #variables: Map<string, number>
  readonly #known = { true: new Map<Logic, number[][]>(), false: new Map<Logic, number[][]>() }
  readonly #standIns = new Map<Logic, number>()
  readonly #options: number

  constructor(options: readonly string[]) {
    this.#variables = new Map(options.map((option, i) => [option, i + 1]))
    this.#options = options.length
  }

  require(logic: Logic): void {
    if (logic.op === 'and') for (const arg of logic.args) this.require(arg)
    else if (logic.op === 'implies' && logic.right.op === 'and')
      for (const part of partsOf('and', logic.right)) this.require(implies(logic.left, part))
    else for (const clause of this.#clausesOf(logic, true)) this.#add(clause)
  }

  text(options: readonly string[]): string {
    const names = options.map((option, i) => `c ${i + 1} ${option}`)
    const lines = this.#clauses.map(clause => `${clause.join(' ')}${clause.length ? ' ' : ''}0`)
    return `${[...names, `p cnf ${this.#options + this.added} ${this.#clauses.length}`, ...lines].join('\n')}\n`
  }

  /** Without doubles, and only where it says something. */
  #add(clause: readonly number[]): void {
    const literals = new Set(clause)
    if (!clause.some(literal => literals.has(-literal))) this.#clauses.push([...literals])
  }

  /** Clauses that hold exactly if the formula has that truth value, not too many of them. */
  #clausesOf(logic: Logic, expect: boolean): number[][] {
    const known = this.#known[`${expect}`]
    const found = known.get(logic)
    if (found) return found
    const clauses = this.#spelledOut(logic, expect) ?? [[expect ? this.#standIn(logic) : -this.#standIn(logic)]]
    known.set(logic, clauses)
    return clauses
  }

  #spelledOut(logic: Logic, expect: boolean): number[][] | undefined {
    switch (logic.op) {
      case 'true':
      case 'false':
        return (logic.op === 'true') === expect ? [] : [[]]
      case 'chosen': {
        const variable = this.#variables.get(logic.option)!
        return [[expect ? variable : -variable]]
      }
      case 'not':
        return this.#clausesOf(logic.arg, !expect)
      case 'and':
      case 'or': {
        const parts = logic.args.map(arg => this.#clausesOf(arg, expect))
        return (logic.op === 'and') === expect ? together(parts) : eitherOf(parts)
      }
      case 'implies': {
        const sides = [this.#clausesOf(logic.left, !expect), this.#clausesOf(logic.right, expect)]
        return expect ? eitherOf(sides) : together(sides)
      }
      case 'iff': {
        const [l, r] = [logic.left, logic.right]
        const one = eitherOf([this.#clausesOf(l, false), this.#clausesOf(r, expect)])
        const other = eitherOf([this.#clausesOf(l, true), this.#clausesOf(r, !expect)])
        return one && other && together([one, other])
      }
      default:
        throw new Error('comparisons are spelled out before')
    }
  }

  /** A variable that is true exactly if the formula is. */
  #standIn(logic: Logic): number {
    const known = this.#standIns.get(logic)
    if (known !== undefined) return known
    const variable = this.#options + ++this.added
    this.#standIns.set(logic, variable)
    const { all, any } = this.#whatItIs(logic)
    for (const literal of all) this.#add([-variable, literal])
    if (all.length > 0) this.#add([variable, ...all.map(literal => -literal)])
    for (const literal of any) this.#add([variable, -literal])
    if (any.length > 0) this.#add([-variable, ...any])
    if (logic.op === 'iff') {
      const [l, r] = [this.#literal(logic.left), this.#literal(logic.right)]
      for (const clause of [
        [-variable, -l, r],
        [-variable, l, -r],
        [variable, l, r],
        [variable, -l, -r],
      ])
        this.#add(clause)
    }
    return variable
  }

  /** The literals that all hold exactly if it does, or of which any does. */
  #whatItIs(logic: Logic): { all: number[]; any: number[] } {
    if (logic.op === 'and') return { all: logic.args.map(arg => this.#literal(arg)), any: [] }
    if (logic.op === 'or') return { all: [], any: logic.args.map(arg => this.#literal(arg)) }
    if (logic.op === 'implies') return { all: [], any: [-this.#literal(logic.left), this.#literal(logic.right)] }
    return { all: [], any: [] }
  }

  #literal(logic: Logic): number {
    if (logic.op === 'not') return -this.#literal(logic.arg)
    return logic.op === 'chosen' ? this.#variables.get(logic.option)! : this.#standIn(logic)
  }
}

/** Every clause of every part; undefined where they would be too many. */
function together(parts: readonly number[][][]): number[][] | undefined {
  const clauses = parts.flat()
  return clauses.length > MAX_CLAUSES ? undefined : clauses
}

/** One clause of each part, in every combination; undefined where they would be too many. */
function eitherOf(parts: readonly number[][][]): number[][] | undefined {
  if (parts.reduce((product, { length }) => product * length, 1) > MAX_CLAUSES) return undefined
  return parts.reduce<number[][]>((clauses, part) => clauses.flatMap(clause => part.map(more => [...clause, ...more])), [[]])
}
