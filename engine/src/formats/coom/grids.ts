import { negate, one, unscaled } from '../../decimal.ts'
import { parseLogic } from '../../formula/parse.ts'
import { printName } from '../../formula/print.ts'
import { gcd, inIntegers, linearFormOf, type Names, type Scale, sumOf } from '../../linear-form.ts'
import type { Model, NumberGroup } from '../../model.ts'
import { gridOf, indexModel, type ModelIndex } from '../../model-index.ts'
import { TRUE } from '../../solver/problem.ts'

/** Rounds of coarsening: sums of sums need one more each. */
const MAX_ROUNDS = 8

/**
 * Takes from the grids of numbers what no equation allows: a price that is a sum of multiples of ten is one itself. Nothing that was
 * possible is lost, and what never is possible need not be refuted value by value.
 */
export function coarsenGrids(model: Model): void {
  const index = indexModel(model)
  const equations = equationsOf(model, index)
  for (let round = 0, changed = true; changed && round < MAX_ROUNDS; round++) {
    changed = false
    for (const equation of equations) changed = coarsen(index, equation) || changed
  }
}

interface Equation {
  when: string | undefined
  left: Parameters<typeof linearFormOf>[0]
  right: Parameters<typeof linearFormOf>[0]
}

function equationsOf(model: Model, index: ModelIndex): Equation[] {
  const found: Equation[] = []
  for (const rule of model.constraints) {
    if (rule.kind !== 'formula' || !rule.formula.includes('==')) continue
    const parsed = parseLogic(rule.formula, index, { path: '' })
    if (parsed.ok && parsed.ast.op === '==') found.push({ when: rule.when, left: parsed.ast.left, right: parsed.ast.right })
  }
  return found
}

/** Whether a number of the equation got a coarser grid: one that has a value whenever the equation holds. */
function coarsen(index: ModelIndex, { when, left, right }: Equation): boolean {
  const names = namesFor(index, when)
  const forms = [linearFormOf(left, names), linearFormOf(right, names)] as const
  if (typeof forms[0] !== 'object' || typeof forms[1] !== 'object') return false
  const form = inIntegers(sumOf(forms[0], forms[1], negate(one)), names.greatest)
  if (!form) return false
  let changed = false
  for (const [integer, factor] of form.integers) {
    const group = names.numbers[integer]
    if (!group || names.literalOf(group) !== TRUE) continue
    let step = 0n
    for (const [, other] of form.literals) step = gcd(step, other < 0n ? -other : other)
    for (const [which, other] of form.integers) if (which !== integer) step = gcd(step, other < 0n ? -other : other)
    const own = factor < 0n ? -factor : factor
    // factor * place + constant must be a multiple of step
    if (step === 0n || step % own !== 0n || form.constant % own !== 0n) continue
    const width = Number(step / own)
    const places = names.greatest[integer]!
    if (width <= 1) continue
    const shift = Number((-form.constant / factor) % BigInt(width))
    const first = shift < 0 ? shift + width : shift
    if (first > places) continue
    narrow(group, first, width)
    changed = true
  }
  return changed
}

function narrow(group: NumberGroup, first: number, width: number): void {
  const grid = gridOf(group)
  const last = first + Math.floor(((grid.max - grid.min) / grid.step - first) / width) * width
  const { min, step } = grid
  group.min = unscaled(min + first * step, grid.decimals)
  group.max = unscaled(min + last * step, grid.decimals)
  group.step = unscaled(step * width, grid.decimals)
  if (group.step === 1) delete group.step
}

/** The model's names as variables of their own; what is there whenever `when` holds counts as always there. */
function namesFor(index: ModelIndex, when: string | undefined) {
  const literals = new Map<string, number>()
  const greatest: number[] = []
  const numbers: (NumberGroup | undefined)[] = []
  const scales = new Map<string, Scale>()
  const option = (id: string) => {
    if (when === printName(id)) return TRUE
    const literal = literals.get(id) ?? 2 * (literals.size + 1)
    literals.set(id, literal)
    return literal
  }
  const literalOf = (group: NumberGroup) => (group.parent === undefined ? TRUE : option(group.parent))
  const scale = (id: string, literal: number, grid: Scale['grid'], group?: NumberGroup): Scale => {
    let known = scales.get(id)
    if (!known) {
      known = { literal, grid, integer: greatest.push((grid.max - grid.min) / grid.step) - 1 }
      numbers.push(group)
      scales.set(id, known)
    }
    return known
  }
  const names: Names = {
    option,
    pieces(id) {
      const { quantity } = index.options.get(id)!.option
      return quantity && scale(id, option(id), gridOf(quantity))
    },
    number(id) {
      const group = index.groups.get(id) as NumberGroup
      return scale(id, literalOf(group), gridOf(group), group)
    },
  }
  return { ...names, greatest, numbers, literalOf }
}
