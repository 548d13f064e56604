import { valueAt } from './grid.ts'
import type { Lowered } from './lower.ts'
import type { Selection } from './model.ts'
import type { Assignment } from './solver/problem.ts'

/** What an assignment of the problem says of the model. */
export function selectionOf({ options, numbers }: Lowered, { values, integers }: Assignment): Selection {
  const selection: Selection = { options: {}, numbers: {} }
  for (const { id, literal, pieces } of options.values()) {
    if (values[literal]! > 0) selection.options[id] = pieces ? valueAt(pieces.grid, integers[pieces.integer]!) : 1
  }
  for (const [id, { literal, grid, integer }] of numbers) {
    if (values[literal]! > 0) selection.numbers[id] = valueAt(grid, integers[integer]!)
  }
  return selection
}
