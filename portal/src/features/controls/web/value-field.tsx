import type { Parameter } from '#features/devices/core'
import { SelectField, TextField, useLanguage, useTexts } from '#platform/web'

interface ValueFieldProps {
  parameter: Parameter
  label: string
  value: string
  error: string | undefined
  onChange(value: string): void
  /** it may be left as it is */
  optional?: boolean
}

/** A number, a choice or a switch, as it is typed: '' stands for nothing, true and false for a switch. */
export function ValueField({ parameter, label, value, error, onChange, optional = false }: ValueFieldProps) {
  const t = useTexts('controls')
  const language = useLanguage()
  const { kind, min, max, unit, choices } = parameter
  if (kind === 'number')
    return (
      <TextField
        label={label}
        value={value}
        inputMode="decimal"
        error={error}
        help={`${min} – ${max} ${unit}`}
        onChange={event => onChange(event.target.value)}
      />
    )
  const offered =
    kind === 'switch'
      ? [
          { value: 'true', label: t('on') },
          { value: 'false', label: t('off') },
        ]
      : choices.map(({ key, name }) => ({ value: key, label: name[language] }))
  return (
    <SelectField
      label={label}
      value={value}
      error={error}
      options={[...(optional ? [{ value: '', label: t('unchanged') }] : []), ...offered]}
      onChange={event => onChange(event.target.value)}
    />
  )
}
