import { ActionButton, type FieldMessages, SelectField, TextAreaField, TextField, useLanguage, useTexts } from '#platform/web'
import { type Plan, urgencies } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { CodeField } from './code-field.tsx'
import type { AdviceDraft } from './plan-draft.ts'

interface AdviceCardProps {
  advice: AdviceDraft
  at: number
  rules: Plan['rules']
  packages: Plan['packages']
  errors: FieldMessages
  disabled: boolean
  onField(field: keyof AdviceDraft, value: string): void
  onRemove(): void
}

/** What is advised when a machine shows something, as it is typed. */
export function AdviceCard({ advice, at, rules, packages, errors, disabled, onField, onRemove }: AdviceCardProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const title = (language === 'en' ? advice.actionEn : advice.actionZh) || t('editor.adviceRow', { at: at + 1 })
  const field = (name: Exclude<keyof AdviceDraft, 'id'>, path: string = name) => ({
    label: t(`editor.${name === 'kind' ? 'when' : name}`),
    value: advice[name],
    disabled,
    error: errors[`advice.${at}.${path}`],
    onChange: (event: { target: { value: string } }) => onField(name, event.target.value),
  })
  return (
    <fieldset className={style.card}>
      <legend>{title}</legend>
      <div className={style.pair}>
        <SelectField
          {...field('kind', 'when.kind')}
          options={(['alarm', 'finding', 'health'] as const).map(value => ({ value, label: t(`editor.kinds.${value}`) }))}
        />
        <CodeField {...field('code', 'when.code')} kind={advice.kind} rules={rules} />
        {advice.kind === 'health' ? <TextField {...field('below', 'when.below')} inputMode="decimal" /> : null}
      </div>
      <div className={style.pair}>
        <TextField {...field('actionZh', 'action.zh-CN')} lang="zh-CN" maxLength={80} />
        <TextField {...field('actionEn', 'action.en')} lang="en" maxLength={80} />
        <TextField {...field('key')} maxLength={40} spellCheck={false} help={t('editor.keyHelp')} />
        <SelectField {...field('urgency')} options={urgencies.map(value => ({ value, label: t(`advice.urgency.${value}`) }))} />
      </div>
      <div className={style.pair}>
        <TextAreaField {...field('reasonZh', 'reason.zh-CN')} lang="zh-CN" rows={3} maxLength={2000} optional />
        <TextAreaField {...field('reasonEn', 'reason.en')} lang="en" rows={3} maxLength={2000} optional />
        <TextAreaField {...field('parts')} rows={3} spellCheck={false} help={t('editor.partsHelp')} optional />
        <SelectField
          {...field('packageId')}
          help={t('editor.packageHelp')}
          options={[
            { value: '', label: t('editor.noPackage') },
            ...packages.map(({ id, name }) => ({ value: id, label: name[language] })),
            ...(advice.packageId && !packages.some(({ id }) => id === advice.packageId)
              ? [{ value: advice.packageId, label: t('editor.otherPackage') }]
              : []),
          ]}
        />
      </div>
      {disabled ? null : (
        <div className={style.actions}>
          <ActionButton size="small" strength="quiet" aria-label={t('editor.removeOf', { name: title })} onClick={onRemove}>
            {t('editor.remove')}
          </ActionButton>
        </div>
      )}
    </fieldset>
  )
}
