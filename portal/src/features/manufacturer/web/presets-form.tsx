import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { type ProductPreset, savePreset } from '#features/products/core'
import { ActionButton, api, type FieldMessages, Notice, TextField, useTexts } from '#platform/web'
import { BilingualField } from './bilingual-field.tsx'
import style from './settings-form.module.css'

/** What new products and offers begin with: a currency and a tax. */
export function PresetsForm({ preset, etag }: { preset: ProductPreset; etag: string }) {
  const t = useTexts('manufacturer')
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages => {
      const [named, percent] = [isNamed(typed), typed.text('tax.percent')]
      if (percent && !/^\d{1,3}([.,]\d{1,2})?$/.test(percent)) return { 'tax.percent': t('presets.wrongPercent') }
      if (named && !percent) return { 'tax.percent': t('presets.percentMissing') }
      return !named && percent ? { 'tax.name.zh-CN': t('presets.nameMissing'), 'tax.name.en': t('presets.nameMissing') } : {}
    },
    async typed => {
      await api.call(savePreset, { body: presetOf(typed), ifMatch: etag })
      setSaved(true)
      await revalidate()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={() => setSaved(false)}>
      <h2>{t('presets.title')}</h2>
      <p className={style.help}>{t('presets.lead')}</p>
      <ProblemNotice problem={entry.problem} />
      <TextField
        label={t('presets.currency')}
        name="currency"
        defaultValue={preset.currency}
        maxLength={3}
        required
        help={t('presets.currencyHelp')}
        error={entry.errors.currency}
      />
      <BilingualField
        label={t('presets.taxName')}
        name="tax.name"
        value={preset.tax?.name ?? { 'zh-CN': '', en: '' }}
        maxLength={40}
        errors={entry.errors}
      />
      <TextField
        label={t('presets.taxPercent')}
        name="tax.percent"
        inputMode="decimal"
        defaultValue={preset.tax?.percent ?? ''}
        maxLength={6}
        help={t('presets.taxHelp')}
        error={entry.errors['tax.percent']}
      />
      {saved ? <Notice tone="good" live title={t('presets.saved')} /> : null}
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('presets.save')}
      </ActionButton>
    </form>
  )
}

const isNamed = (typed: Typed) => typed.text('tax.name.zh-CN') !== '' || typed.text('tax.name.en') !== ''

const presetOf = (typed: Typed): ProductPreset => ({
  currency: typed.text('currency'),
  tax: isNamed(typed)
    ? {
        name: { 'zh-CN': typed.text('tax.name.zh-CN'), en: typed.text('tax.name.en') },
        percent: Number(typed.text('tax.percent').replace(',', '.')),
      }
    : null,
})
