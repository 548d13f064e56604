import { ActionButton, type FieldMessages, TextField, useLanguage, useTexts } from '#platform/web'
import style from '../vibration.module.css'
import type { ZonesDraft } from './plan-draft.ts'

interface Props {
  zones: ZonesDraft
  at: number
  errors: FieldMessages
  disabled: boolean
  onField(field: keyof ZonesDraft, value: string): void
  onRemove(): void
}

/** Boundaries for one group of machines on one foundation, as they are typed. */
export function ZonesCard({ zones, at, errors, disabled, onField, onRemove }: Props) {
  const t = useTexts('vibration')
  const language = useLanguage()
  const title = (language === 'en' ? zones.en : zones.zh) || t('editor.row', { at: at + 1 })
  const field = (name: Exclude<keyof ZonesDraft, 'id'>, label: string = name, path: string = name) => ({
    ...{ label: t(`editor.${label}`), value: zones[name], disabled, error: errors[`zones.${at}.${path}`] },
    onChange: (event: { target: { value: string } }) => onField(name, event.target.value),
  })
  return (
    <fieldset className={style.card}>
      <legend>{title}</legend>
      <div className={style.pair}>
        <TextField {...field('zh', 'nameZh', 'name.zh-CN')} lang="zh-CN" maxLength={80} />
        <TextField {...field('en', 'nameEn', 'name.en')} lang="en" maxLength={80} />
        <TextField {...field('key')} maxLength={40} spellCheck={false} />
        <TextField {...field('ab')} inputMode="decimal" />
        <TextField {...field('bc')} inputMode="decimal" />
        <TextField {...field('cd')} inputMode="decimal" />
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
