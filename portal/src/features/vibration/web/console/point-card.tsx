import { ActionButton, type FieldMessages, SelectField, TextAreaField, TextField, useLanguage, useTexts } from '#platform/web'
import { type Feature, features, type VibrationPlan, vibrationUnits } from '../../core/index.ts'
import style from '../vibration.module.css'
import type { PointDraft, ZonesDraft } from './plan-draft.ts'

interface Props {
  point: PointDraft
  at: number
  plan: Pick<VibrationPlan, 'metrics' | 'components'>
  zones: readonly ZonesDraft[]
  errors: FieldMessages
  disabled: boolean
  onField(field: keyof PointDraft, value: string): void
  onMetric(feature: Feature, metric: string): void
  onRemove(): void
}

/** One measuring point, as it is typed. */
export function PointCard({ point, at, plan, zones, errors, disabled, onField, onMetric, onRemove }: Props) {
  const t = useTexts('vibration')
  const language = useLanguage()
  const title = (language === 'en' ? point.en : point.zh) || t('editor.row', { at: at + 1 })
  const field = (name: Exclude<keyof PointDraft, 'id' | 'metrics'>, label: string = name, path: string = name) => ({
    ...{ label: t(`editor.${label}`), value: point[name], disabled, error: errors[`points.${at}.${path}`] },
    onChange: (event: { target: { value: string } }) => onField(name, event.target.value),
  })
  const number = { inputMode: 'decimal', spellCheck: false } as const
  const metrics = plan.metrics.map(({ key, name, unit }) => ({
    value: key,
    label: [name[language], unit].filter(Boolean).join(' · '),
  }))
  const none = { value: '', label: t('editor.noMetric') }
  return (
    <fieldset className={style.card}>
      <legend>{title}</legend>
      <div className={style.pair}>
        <TextField {...field('zh', 'nameZh', 'name.zh-CN')} lang="zh-CN" maxLength={80} />
        <TextField {...field('en', 'nameEn', 'name.en')} lang="en" maxLength={80} />
        <TextField {...field('key')} maxLength={40} spellCheck={false} help={t('editor.keyHelp')} />
        <SelectField
          {...field('component')}
          options={[
            { value: '', label: t('editor.noComponent') },
            ...plan.components.map(({ key, name }) => ({ value: key, label: name[language] })),
          ]}
        />
      </div>
      <div className={style.pair}>
        <SelectField {...field('unit')} options={vibrationUnits.map(unit => ({ value: unit, label: unit }))} />
        <TextField {...field('rate')} {...number} />
        <TextField {...field('scale')} {...number} help={t('editor.scaleHelp')} />
        <TextField {...field('samples')} {...number} />
      </div>
      <div className={style.pair}>
        <SelectField {...field('speedMetric')} options={[none, ...metrics]} />
        <TextField {...field('speed')} {...number} help={t('editor.speedHelp')} optional />
        <SelectField
          {...field('zones', 'zonesOf')}
          options={[
            { value: '', label: t('editor.noZones') },
            ...zones.map(({ key, zh, en }) => ({ value: key, label: (language === 'en' ? en : zh) || key })),
          ]}
        />
      </div>
      <h2>{t('editor.bearing')}</h2>
      <div className={style.pair}>
        <TextField {...field('rollers', 'rollers', 'bearing.rollers')} {...number} optional />
        <TextField {...field('rollerDiameter', 'rollerDiameter', 'bearing.rollerDiameter')} {...number} optional />
        <TextField {...field('pitchDiameter', 'pitchDiameter', 'bearing.pitchDiameter')} {...number} optional />
        <TextField {...field('contactAngle', 'contactAngle', 'bearing.contactAngle')} {...number} optional />
        <TextField
          {...field('envelopeFrom', 'envelopeFrom', 'envelope.from')}
          {...number}
          help={t('editor.envelopeHelp')}
          optional
        />
        <TextField {...field('envelopeTo', 'envelopeTo', 'envelope.to')} {...number} optional />
      </div>
      <h2>{t('editor.fed')}</h2>
      <div className={style.pair}>
        {features.map(feature => (
          <SelectField
            key={feature}
            label={t(`editor.features.${feature}`)}
            value={point.metrics[feature] ?? ''}
            disabled={disabled}
            error={errors[`points.${at}.metrics.${feature}`]}
            onChange={event => onMetric(feature, event.target.value)}
            options={[none, ...metrics]}
          />
        ))}
        <TextAreaField {...field('bands')} rows={3} spellCheck={false} help={t('editor.bandsHelp')} optional />
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
