import type { Act } from './acts.ts'
import type { Outline } from './outline.ts'
import { standingIn, type View } from './view.ts'

/**
 * How controls stand while an act is being worked out: what was pressed as pressed, everything else as it was. What the rules make
 * of it, and the price, come with the answer.
 */
export function expected(view: View, act: Act, { index }: Outline): View {
  if (act.act === 'choose' && 'number' in act.decision) return withNumber(view, act.decision.number, act.decision.value)
  if (act.act === 'choose' && 'quantity' in act.decision) {
    const { option, quantity } = act.decision
    return { ...view, selection: { ...view.selection, options: { ...view.selection.options, [option]: quantity } } }
  }
  const pressed = act.act === 'toggle' ? act.option : null
  const group =
    act.act === 'none' ? index.groups.get(act.group) : pressed === null ? undefined : index.options.get(pressed)?.group
  if (!group || group.kind === 'number') return view
  const standings = { ...view.standings }
  const options = { ...view.selection.options }
  const taken = pressed !== null && options[pressed] !== undefined
  const leave = (option: string) => {
    if (standingIn(view, option) !== 'excluded') delete standings[option]
    delete options[option]
  }
  if (group.kind === 'choose-one') for (const { id } of group.options) leave(id)
  if (pressed !== null && (group.kind === 'choose-one' || !taken)) {
    standings[pressed] = 'chosen'
    options[pressed] ??= 1
  } else if (pressed !== null) leave(pressed)
  return { ...view, standings, selection: { ...view.selection, options } }
}

const withNumber = (view: View, number: string, value: number): View => ({
  ...view,
  selection: { ...view.selection, numbers: { ...view.selection.numbers, [number]: value } },
})
