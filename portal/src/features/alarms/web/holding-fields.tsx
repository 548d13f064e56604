import { TextField, useTexts } from '#platform/web'
import type { HoldingDraft } from './condition-draft.ts'

interface Props {
  draft: HoldingDraft
  errorOf: (field: string) => string | undefined
  onChange(changed: Partial<HoldingDraft>): void
}

/** How long it has to hold, and how often to begin. */
export function HoldingFields({ draft, errorOf, onChange }: Props) {
  const t = useTexts('alarms')
  const typed = (field: keyof HoldingDraft) => ({
    value: draft[field],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    error: errorOf(field),
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  })
  return (
    <>
      <TextField label={t('rules.lasting')} optional help={t('rules.lastingHelp')} {...typed('lasting')} />
      <TextField label={t('rules.times')} optional {...typed('times')} />
      {draft.times.trim() ? <TextField label={t('rules.timesWithin')} required {...typed('timesWithin')} /> : null}
    </>
  )
}
