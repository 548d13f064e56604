import { ActionButton, type FieldMessages, SelectField, TextAreaField, TextField, useLanguage, useTexts } from '#platform/web'
import type { Plan } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { CodeField } from './code-field.tsx'
import type { TaskDraft } from './plan-draft.ts'

interface TaskCardProps {
  task: TaskDraft
  at: number
  metrics: Plan['metrics']
  rules: Plan['rules']
  errors: FieldMessages
  disabled: boolean
  onField(field: keyof TaskDraft, value: string): void
  onRemove(): void
}

/** One task of a plan, as it is typed. */
export function TaskCard({ task, at, metrics, rules, errors, disabled, onField, onRemove }: TaskCardProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const title = (language === 'en' ? task.en : task.zh) || t('editor.row', { at: at + 1 })
  const field = (name: Exclude<keyof TaskDraft, 'id'>, path: string = name) => ({
    label: t(`editor.${labels[name] ?? name}`),
    value: task[name],
    disabled,
    error: errors[`tasks.${at}.${path}`],
    onChange: (event: { target: { value: string } }) => onField(name, event.target.value),
  })
  return (
    <fieldset className={style.card}>
      <legend>{title}</legend>
      <div className={style.pair}>
        <TextField {...field('zh', 'name.zh-CN')} lang="zh-CN" maxLength={80} />
        <TextField {...field('en', 'name.en')} lang="en" maxLength={80} />
        <TextField {...field('key')} maxLength={40} spellCheck={false} help={t('editor.keyHelp')} />
      </div>
      <div className={style.pair}>
        <TextField {...field('everyMonths')} inputMode="numeric" optional />
        <SelectField
          {...field('metric', 'counter.metric')}
          options={[
            { value: '', label: t('editor.noMetric') },
            ...metrics.map(({ key, name, unit }) => ({ value: key, label: [name[language], unit].filter(Boolean).join(' · ') })),
          ]}
        />
        {task.metric ? <TextField {...field('every', 'counter.every')} inputMode="decimal" /> : null}
        <TextField {...field('effort')} inputMode="numeric" optional />
      </div>
      <div className={style.pair}>
        <SelectField
          {...field('kind', 'condition.kind')}
          options={[
            { value: '', label: t('editor.noCondition') },
            ...(['alarm', 'finding', 'health'] as const).map(value => ({ value, label: t(`editor.kinds.${value}`) })),
          ]}
        />
        {task.kind ? <CodeField {...field('code', 'condition.code')} kind={task.kind} rules={rules} /> : null}
        {task.kind === 'health' ? <TextField {...field('below', 'condition.below')} inputMode="decimal" /> : null}
      </div>
      <div className={style.pair}>
        <TextAreaField {...field('instructionsZh', 'instructions.zh-CN')} lang="zh-CN" rows={3} maxLength={2000} optional />
        <TextAreaField {...field('instructionsEn', 'instructions.en')} lang="en" rows={3} maxLength={2000} optional />
        <TextAreaField {...field('parts')} rows={3} spellCheck={false} help={t('editor.partsHelp')} optional />
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

/** Labels whose key is not the field's. */
const labels: Partial<Record<keyof TaskDraft, string>> = { zh: 'nameZh', en: 'nameEn', kind: 'condition' }
