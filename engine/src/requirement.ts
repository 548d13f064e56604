import type { ModelError } from './api.ts'
import { gridError } from './check.ts'
import type { Compiled } from './compile.ts'
import { pointer, text, unknownReference, wrongKind, wrongType } from './errors.ts'
import { placeOfValue } from './grid.ts'
import type { Scale } from './linear-form.ts'
import type { Decision } from './model.ts'
import { nearest } from './nearest.ts'
import { negate } from './solver/problem.ts'
import type { Requirement } from './workspace.ts'

/** What a decision or wish demands, or what is wrong with it: unknown-reference, wrong-type, wrong-kind, out-of-range, off-grid. */
export function requirementOf({ lowered }: Compiled, decision: Decision): Requirement | ModelError {
  const fields: Record<string, unknown> = { ...decision }
  if (typeof fields.number === 'string') {
    const scale = lowered.numbers.get(fields.number)
    if (!scale)
      return unknownReference(
        { path: pointer('number') },
        'number group',
        fields.number,
        nearest(fields.number, lowered.numbers.keys()),
      )
    return atPlace(scale, fields.value, 'value')
  }
  if (typeof fields.option !== 'string')
    return wrongType({ path: '' }, decision, text('选项或数值的决定', 'a decision on an option or a number'))
  const option = lowered.options.get(fields.option)
  if (!option)
    return unknownReference({ path: pointer('option') }, 'option', fields.option, nearest(fields.option, lowered.options.keys()))
  if (typeof fields.chosen === 'boolean') return { literals: [fields.chosen ? option.literal : negate(option.literal)] }
  if (option.pieces) return atPlace(option.pieces, fields.quantity, 'quantity')
  if (fields.quantity === 1) return { literals: [option.literal] }
  if (fields.quantity === undefined)
    return wrongType({ path: pointer('chosen') }, fields.chosen, text('true 或 false', 'true or false'))
  return wrongKind(
    { path: pointer('quantity') },
    String(fields.quantity),
    text(`选项“${fields.option}”没有数量。`, `The option "${fields.option}" has no quantity.`),
    text('请改用 chosen。', 'Use "chosen" instead.'),
  )
}

export const isError = (result: Requirement | ModelError): result is ModelError => 'code' in result

function atPlace({ literal, grid, integer }: Scale, value: unknown, field: string): Requirement | ModelError {
  if (typeof value !== 'number') return wrongType({ path: pointer(field) }, value, text('数字', 'a number'))
  const [error] = gridError({ path: pointer(field) }, value, grid)
  return error ?? { literals: [literal], integer, place: placeOfValue(grid, value) }
}
