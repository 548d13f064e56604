import type { ControlValue, Parameter } from '#features/devices/core'
import { formatNumber, type Language } from '#platform/core'
import type { Translate } from '#platform/web'

type Shown = Pick<Parameter, 'kind' | 'unit' | 'choices'>

/** A value as people read it: with its unit, or by the name of the choice. parameter undefined: it is declared no more */
export function shownValue(parameter: Shown | undefined, value: ControlValue, language: Language, t: Translate): string {
  if (typeof value === 'boolean') return t(value ? 'on' : 'off')
  if (typeof value === 'number') return `${formatNumber(value, language)}${parameter?.unit ? ` ${parameter.unit}` : ''}`
  return parameter?.choices.find(({ key }) => key === value)?.name[language] ?? value
}
