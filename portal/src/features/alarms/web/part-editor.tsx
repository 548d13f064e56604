import { formatUnit } from '#platform/core'
import { Choice, ChoiceGroup, SelectField, TextField, useLanguage, useTexts } from '#platform/web'
import { comparisons, type Leaf } from '../core/index.ts'
import style from './alarms.module.css'
import type { PartDraft } from './condition-draft.ts'
import { HoldingFields } from './holding-fields.tsx'

interface Props {
  part: PartDraft
  metrics: readonly { key: string; name: string; unit: string }[]
  errorOf: (field: string) => string | undefined
  onChange(changed: Partial<PartDraft>): void
}

const kinds = ['threshold', 'rate', 'deviation', 'silence', 'schedule'] as const satisfies Leaf['kind'][]
const days = [1, 2, 3, 4, 5, 6, 7] as const

/** The fields of one condition, by its kind. */
export function PartEditor({ part, metrics, errorOf, onChange }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const { kind } = part
  const unit = metrics.find(({ key }) => key === part.metric)?.unit
  const named = (plain: 'value' | 'hysteresis') =>
    unit ? t(`rules.${plain}In`, { unit: formatUnit(unit, language) }) : t(`rules.${plain}`)
  const typed = (field: 'value' | 'hysteresis' | 'seconds' | 'factor' | 'hours') => ({
    value: part[field],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    error: errorOf(field),
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  })
  const choice = <Name extends 'op' | 'rateSide' | 'deviationSide'>(
    name: Name,
    values: readonly PartDraft[Name][],
    texts: string,
  ) => ({
    value: part[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value } as Partial<PartDraft>),
    options: values.map(value => ({ value, label: t(`rules.${texts}.${value}`) })),
  })
  return (
    <>
      <SelectField
        label={t('rules.kind')}
        value={kind}
        onChange={event => onChange({ kind: event.target.value as Leaf['kind'] })}
        options={kinds.map(value => ({ value, label: t(`rules.kinds.${value}`) }))}
      />
      {kind === 'schedule' ? null : (
        <SelectField
          label={t('rules.metric')}
          value={part.metric}
          error={errorOf('metric')}
          onChange={event => onChange({ metric: event.target.value })}
          options={[
            ...(kind === 'silence' ? [{ value: '', label: t('rules.anyMetric') }] : []),
            ...metrics.map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
      )}
      {kind === 'threshold' ? (
        <>
          <SelectField label={t('rules.op')} {...choice('op', comparisons, 'ops')} />
          <TextField label={named('value')} required {...typed('value')} />
          <TextField label={named('hysteresis')} optional help={t('rules.hysteresisHelp')} {...typed('hysteresis')} />
        </>
      ) : null}
      {kind === 'rate' ? (
        <>
          <SelectField label={t('rules.side')} {...choice('rateSide', ['rise', 'fall'], 'rateSides')} />
          <TextField label={named('value')} required {...typed('value')} />
          <TextField label={t('rules.within')} required {...typed('seconds')} />
        </>
      ) : null}
      {kind === 'deviation' ? (
        <>
          <SelectField label={t('rules.side')} {...choice('deviationSide', ['above', 'below', 'both'], 'deviationSides')} />
          <TextField label={t('rules.factor')} required {...typed('factor')} />
          <TextField label={t('rules.baseline')} required {...typed('hours')} />
        </>
      ) : null}
      {kind === 'silence' ? <TextField label={t('rules.silentFor')} required {...typed('seconds')} /> : null}
      {kind === 'schedule' ? (
        <>
          <TextField
            label={t('rules.from')}
            type="time"
            value={part.from}
            onChange={event => onChange({ from: event.target.value })}
          />
          <TextField
            label={t('rules.until')}
            type="time"
            value={part.until}
            help={part.zone}
            onChange={event => onChange({ until: event.target.value })}
          />
          <div className={style.days}>
            <ChoiceGroup title={t('rules.days')} error={errorOf('days')}>
              <div className={style.dayList}>
                {days.map(day => (
                  <Choice
                    key={day}
                    type="checkbox"
                    label={t(`rules.dayNames.${day}`)}
                    checked={part.days.includes(day)}
                    onChange={event =>
                      onChange({ days: event.target.checked ? [...part.days, day].sort() : part.days.filter(one => one !== day) })
                    }
                  />
                ))}
              </div>
            </ChoiceGroup>
          </div>
        </>
      ) : null}
      {kind === 'schedule' || kind === 'silence' ? null : <HoldingFields draft={part} errorOf={errorOf} onChange={onChange} />}
    </>
  )
}
