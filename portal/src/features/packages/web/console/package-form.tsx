import { useState } from 'react'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { parseMoney, typedMoney } from '#features/offers/core'
import type { LocalizedText } from '#platform/core'
import {
  ActionButton,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  TextAreaField,
  TextField,
  type Translate,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type PackageFields, rights, type ServicePackage } from '../../core/index.ts'
import style from '../packages.module.css'

interface FormProps {
  /** null: a new one */
  known: ServicePackage | null
  types: readonly { id: string; name: LocalizedText }[]
  save(fields: PackageFields): Promise<void>
  disabled: boolean
}

/** A package as it is typed. */
export function PackageForm({ known, types, save, disabled }: FormProps) {
  const t = useTexts('packages')
  const language = useLanguage()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    typed => errorsOf(typed, t),
    async typed => {
      setSaved(false)
      await save(fieldsOf(typed))
      setSaved(true)
    },
  )
  const text = (name: string, label: string, value: string, path = name) => ({
    ...{ name, label: t(`editor.${label}`), defaultValue: value, disabled, error: entry.errors[path] ?? entry.errors[name] },
  })
  return (
    <form className={style.editor} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <div className={style.pair}>
        <TextField {...text('nameZh', 'nameZh', known?.name['zh-CN'] ?? '', 'name.zh-CN')} lang="zh-CN" maxLength={80} required />
        <TextField {...text('nameEn', 'nameEn', known?.name.en ?? '', 'name.en')} lang="en" maxLength={80} required />
      </div>
      <div className={style.pair}>
        <TextAreaField
          {...text('descriptionZh', 'descriptionZh', known?.description['zh-CN'] ?? '')}
          {...{ lang: 'zh-CN', rows: 4, maxLength: 2000, optional: true }}
        />
        <TextAreaField
          {...text('descriptionEn', 'descriptionEn', known?.description.en ?? '')}
          {...{ lang: 'en', rows: 4, maxLength: 2000, optional: true }}
        />
      </div>
      <ChoiceGroup title={t('editor.types')} error={entry.errors.typeIds}>
        {types.map(({ id, name }) => (
          <Choice
            key={id}
            {...{ type: 'checkbox', name: 'typeIds', value: id, disabled, label: name[language] }}
            defaultChecked={known?.typeIds.includes(id)}
          />
        ))}
      </ChoiceGroup>
      <ChoiceGroup title={t('editor.rights')} error={entry.errors.rights}>
        {rights.map(right => (
          <Choice
            key={right}
            {...{ type: 'checkbox', name: 'rights', value: right, disabled }}
            {...{ label: t(`right.${right}`), help: t(`rightText.${right}`) }}
            defaultChecked={known?.rights.includes(right)}
          />
        ))}
      </ChoiceGroup>
      <p className={style.muted}>{t('editor.rightsHelp')}</p>
      <div className={style.pair}>
        <TextField {...text('net', 'net', known ? typedMoney(known.net, known.currency) : '')} inputMode="decimal" required />
        <TextField {...text('currency', 'currency', known?.currency ?? 'CNY')} maxLength={3} required />
        <TextField {...text('months', 'months', String(known?.months ?? 12))} inputMode="numeric" required />
        <TextField
          {...text('trialDays', 'trialDays', String(known?.trialDays ?? 30))}
          {...{ inputMode: 'numeric', required: true, help: t('editor.trialDaysHelp') }}
        />
      </div>
      <Choice
        {...{ type: 'checkbox', name: 'offered', value: 'yes', disabled }}
        {...{ label: t('editor.offered'), help: t('editor.offeredHelp') }}
        defaultChecked={known?.offered ?? true}
      />
      <Choice
        {...{ type: 'checkbox', name: 'showsProof', value: 'yes', disabled }}
        {...{ label: t('editor.showsProof'), help: t('editor.showsProofHelp') }}
        defaultChecked={known?.showsProof ?? true}
      />
      {disabled ? null : (
        <div className={style.row}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('editor.save')}
          </ActionButton>
          <span role="status">{saved ? t('editor.saved') : ''}</span>
        </div>
      )}
    </form>
  )
}

const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code)
const whole = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

function errorsOf(typed: Typed, t: Translate): FieldMessages {
  const errors: Record<string, string> = {}
  for (const name of ['nameZh', 'nameEn']) if (!typed.text(name)) errors[name] = t('editor.missing')
  for (const name of ['typeIds', 'rights']) if (typed.all(name).length === 0) errors[name] = t('editor.chooseOne')
  if (!isCurrency(typed.text('currency'))) errors.currency = t('editor.missing')
  else if (parseMoney(typed.text('net'), typed.text('currency')) === null) errors.net = t('editor.wrongPrice')
  for (const [name, min, max] of [
    ['months', 1, 60],
    ['trialDays', 0, 90],
  ] as const) {
    const value = whole(typed.text(name))
    if (!(value >= min && value <= max)) errors[name] = t('editor.wrongNumber', { min, max })
  }
  return errors
}

const fieldsOf = (typed: Typed): PackageFields => ({
  name: { 'zh-CN': typed.text('nameZh'), en: typed.text('nameEn') },
  description: { 'zh-CN': typed.text('descriptionZh'), en: typed.text('descriptionEn') },
  typeIds: typed.all('typeIds'),
  rights: rights.filter(right => typed.all('rights').includes(right)),
  net: parseMoney(typed.text('net'), typed.text('currency')) ?? 0,
  currency: typed.text('currency'),
  months: whole(typed.text('months')),
  trialDays: whole(typed.text('trialDays')),
  offered: typed.all('offered').length > 0,
  showsProof: typed.all('showsProof').length > 0,
})
