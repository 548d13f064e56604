import { ActionButton, SelectField, useLanguage, useTexts } from '#platform/web'
import { conditionLimits } from '../core/index.ts'
import style from './alarms.module.css'
import type { OfferedMetric } from './metric.ts'
import { PartEditor } from './part-editor.tsx'
import { type ConditionDraft, newPartDraft, type PartDraft } from './rule-draft.ts'

interface Props {
  condition: ConditionDraft
  metrics: readonly OfferedMetric[]
  zone: string
  /** where errors of it begin: '/raise' */
  path: string
  errorOf: (path: string) => string | undefined
  onChange(condition: ConditionDraft): void
}

/** Conditions of which all or any have to hold. */
export function ConditionEditor({ condition, metrics, zone, path, errorOf, onChange }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const { join, parts } = condition
  const change = (id: string, changed: Partial<PartDraft>) =>
    onChange({ join, parts: parts.map(part => (part.id === id ? { ...part, ...changed } : part)) })
  return (
    <div className={style.parts}>
      {parts.length > 1 ? (
        <SelectField
          label={t('rules.join')}
          value={join}
          onChange={event => onChange({ join: event.target.value as ConditionDraft['join'], parts })}
          options={(['all', 'any'] as const).map(value => ({ value, label: t(`rules.joins.${value}`) }))}
        />
      ) : null}
      {parts.map((part, at) => (
        <fieldset className={style.part} key={part.id}>
          <legend>{t('rules.part', { number: at + 1 })}</legend>
          <PartEditor
            part={part}
            metrics={metrics.map(({ key, name, unit }) => ({ key, name: name[language], unit }))}
            errorOf={field => errorOf(`${path}/parts/${at}/${field}`)}
            onChange={changed => change(part.id, changed)}
          />
          {parts.length > 1 ? (
            <ActionButton
              strength="quiet"
              size="small"
              onClick={() => onChange({ join, parts: parts.filter(({ id }) => id !== part.id) })}
            >
              {t('rules.removePart')}
            </ActionButton>
          ) : null}
        </fieldset>
      ))}
      {parts.length < conditionLimits.parts ? (
        <div>
          <ActionButton
            size="small"
            onClick={() => onChange({ join, parts: [...parts, newPartDraft(metrics[0]?.key ?? '', zone)] })}
          >
            {t('rules.addPart')}
          </ActionButton>
        </div>
      ) : null}
    </div>
  )
}
