import type { LocalizedText } from '#platform/core'

/** Who may set something or give a command: the one named, and those before him. */
export const controllers = ['manufacturer', 'owner', 'operator'] as const
export type Controller = (typeof controllers)[number]

/** What a setting has or a command is given: a number, one of the choices by its key, or on and off. */
export type ControlValue = number | string | boolean

/** What has a value, of a kind. */
export interface Parameter {
  key: string
  name: LocalizedText
  kind: 'number' | 'choice' | 'switch'
  /** of a number: as it stands behind it, and between what it lies */
  unit: string
  min: number | null
  max: number | null
  choices: { key: string; name: LocalizedText }[]
}

/** What can be set on machines of a type from afar. */
export interface Setting extends Parameter {
  by: Controller
  /** it may do harm: whoever sets it confirms it as himself */
  confirm: boolean
}

/** What machines of a type can be told to do from afar. */
export interface Command {
  key: string
  name: LocalizedText
  parameters: Parameter[]
  by: Controller
  confirm: boolean
}

export type ValueRefusal = 'type' | 'range' | 'choice'

/** Why something is no value of a parameter; null: it is one. */
export function refusalOf(
  { kind, min, max, choices }: Omit<Parameter, 'key' | 'name' | 'unit'>,
  value: unknown,
): ValueRefusal | null {
  if (kind === 'switch') return typeof value === 'boolean' ? null : 'type'
  if (kind === 'choice') return choices.some(({ key }) => key === value) ? null : 'choice'
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'type'
  return (min !== null && value < min) || (max !== null && value > max) ? 'range' : null
}
