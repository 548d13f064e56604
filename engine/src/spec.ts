import type { SpecLine } from './api.ts'
import { toNumber } from './decimal.ts'
import { evaluateArithmetic, evaluateLogic, isChosen } from './formula/evaluate.ts'
import type { Group, LocalizedText, Option, Selection } from './model.ts'
import { optionsOf } from './model-index.ts'
import type { Rulebook } from './rules.ts'

/**
 * The specification sheet of a selection, in model order. A number is rounded to the field's decimals (six where it has none),
 * halves away from zero. A field without a value (nothing chosen, divided by zero, its condition not met) has no line.
 */
export function spec({ index, rules }: Rulebook, selection: Selection): SpecLine[] {
  return rules.spec.flatMap(({ rule, when, value, unit }): SpecLine[] => {
    if (when !== undefined && !evaluateLogic(when, selection)) return []
    const { id, name, decimals, headline = false, role } = rule
    const group = rule.group === undefined ? undefined : index.groups.get(rule.group)
    const shown = group ? inGroup(group, selection) : value && evaluateArithmetic(value, selection)
    if (shown === undefined) return []
    const shownUnit = rule.unit ?? (group?.kind === 'number' ? group.unit : unit)
    return [
      {
        id,
        name,
        value: typeof shown === 'object' && 'n' in shown ? toNumber(shown, decimals) : shown,
        ...(shownUnit !== undefined && { unit: shownUnit }),
        ...(decimals !== undefined && { decimals }),
        headline,
        ...(role !== undefined && { role }),
      },
    ]
  })
}

function inGroup(group: Group, selection: Selection): number | LocalizedText | undefined {
  if (group.kind === 'number') return Object.hasOwn(selection.numbers, group.id) ? selection.numbers[group.id] : undefined
  const chosen = optionsOf(group).filter(({ id }) => isChosen(selection, id))
  if (chosen.length === 0) return undefined
  const listed = (language: keyof LocalizedText, separator: string) =>
    chosen.map(option => named(option, language, selection)).join(separator)
  return { 'zh-CN': listed('zh-CN', '、'), en: listed('en', ', ') }
}

function named(option: Option, language: keyof LocalizedText, selection: Selection): string {
  return option.quantity ? `${option.name[language]} × ${selection.options[option.id]}` : option.name[language]
}
