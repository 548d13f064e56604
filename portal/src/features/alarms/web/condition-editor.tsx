import { ActionButton, SelectField, useLanguage, useTexts } from '#platform/web'
import { conditionLimits } from '../core/index.ts'
import style from './alarms.module.css'
import { type GroupDraft, newGroupDraft, newPartDraft } from './condition-draft.ts'
import { HoldingFields } from './holding-fields.tsx'
import type { OfferedMetric } from './metric.ts'
import { PartEditor } from './part-editor.tsx'

interface Props {
  condition: GroupDraft
  metrics: readonly OfferedMetric[]
  zone: string
  /** where errors of it begin: '/raise' */
  path: string
  errorOf: (path: string) => string | undefined
  onChange(condition: GroupDraft): void
  /** it is a group itself, and has none */
  inGroup?: boolean
}

/** Conditions and groups of which all or any have to hold. */
export function ConditionEditor({ condition, metrics, zone, path, errorOf, onChange, inGroup = false }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const { join, parts } = condition
  const set = (changed: Partial<GroupDraft>) => onChange({ ...condition, ...changed })
  const put = (part: GroupDraft['parts'][number]) => set({ parts: parts.map(one => (one.id === part.id ? part : one)) })
  const first = metrics[0]?.key ?? ''
  return (
    <div className={style.parts}>
      {parts.length > 1 ? (
        <SelectField
          label={t('rules.join')}
          value={join}
          onChange={event => set({ join: event.target.value as GroupDraft['join'] })}
          options={(['all', 'any'] as const).map(value => ({ value, label: t(`rules.joins.${value}`) }))}
        />
      ) : null}
      {parts.map((part, at) => (
        <fieldset className={part.kind === 'group' ? style.group : style.part} key={part.id}>
          <legend>{t(part.kind === 'group' ? 'rules.group' : 'rules.part', { number: at + 1 })}</legend>
          {part.kind === 'group' ? (
            <ConditionEditor
              {...{ metrics, zone, errorOf, condition: part, onChange: put, path: `${path}/parts/${at}` }}
              inGroup
            />
          ) : (
            <PartEditor
              part={part}
              metrics={metrics.map(({ key, name, unit }) => ({ key, name: name[language], unit }))}
              errorOf={field => errorOf(`${path}/parts/${at}/${field}`)}
              onChange={changed => put({ ...part, ...changed })}
            />
          )}
          {parts.length > 1 ? (
            <ActionButton strength="quiet" size="small" onClick={() => set({ parts: parts.filter(({ id }) => id !== part.id) })}>
              {t(part.kind === 'group' ? 'rules.removeGroup' : 'rules.removePart')}
            </ActionButton>
          ) : null}
        </fieldset>
      ))}
      {parts.length < conditionLimits.parts ? (
        <div className={style.actions}>
          <ActionButton size="small" onClick={() => set({ parts: [...parts, newPartDraft(first, zone)] })}>
            {t('rules.addPart')}
          </ActionButton>
          {inGroup ? null : (
            <ActionButton size="small" onClick={() => set({ parts: [...parts, newGroupDraft(first, zone)] })}>
              {t('rules.addGroup')}
            </ActionButton>
          )}
        </div>
      ) : null}
      {parts.length > 1 || condition.lasting || condition.times ? (
        <fieldset className={style.part}>
          <legend>{t('rules.together')}</legend>
          <HoldingFields draft={condition} errorOf={field => errorOf(`${path}/${field}`)} onChange={set} />
        </fieldset>
      ) : null}
    </div>
  )
}
