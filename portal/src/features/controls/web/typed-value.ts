import { type ControlValue, type Parameter, refusalOf } from '#features/devices/core'

/** What was typed as the API takes it; undefined: it is no value of the parameter. */
export function typedValue(parameter: Parameter, typed: string): ControlValue | undefined {
  const text = typed.trim()
  const value =
    parameter.kind === 'number' ? (text === '' ? Number.NaN : Number(text)) : parameter.kind === 'switch' ? text === 'true' : text
  return refusalOf(parameter, value) === null ? value : undefined
}
