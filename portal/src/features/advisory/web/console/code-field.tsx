import { SelectField, TextField, useLanguage, useTexts } from '#platform/web'
import type { Plan } from '../../core/index.ts'

interface CodeFieldProps {
  /** what the machine has to show */
  kind: string
  rules: Plan['rules']
  value: string
  disabled: boolean
  error: string | undefined
  onChange(event: { target: { value: string } }): void
}

/** By which rule an alarm is raised, chosen by its name, or at which component something is found, by its key. */
export function CodeField({ kind, rules, ...field }: CodeFieldProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  if (kind !== 'alarm')
    return <TextField {...field} label={t('editor.code')} maxLength={120} spellCheck={false} help={t('editor.codeHelp')} />
  const known = field.value === '' || rules.some(({ id }) => id === field.value)
  return (
    <SelectField
      {...field}
      label={t('editor.rule')}
      options={[
        { value: '', label: t('editor.chooseRule') },
        ...rules.map(({ id, name }) => ({ value: id, label: name[language] })),
        ...(known ? [] : [{ value: field.value, label: t('editor.ruleUnknown', { code: field.value }) }]),
      ]}
    />
  )
}
