import type { LocalizedText } from '#platform/core'
import { ActionButton, type FieldMessages, TextField, useTexts } from '#platform/web'
import { type ManufacturerProfile, mostImprint, mostLines } from '../core/index.ts'
import { BilingualField } from './bilingual-field.tsx'
import { Row, Section } from './form-section.tsx'
import style from './profile-form.module.css'
import type { useRows } from './use-rows.ts'

const nothing: LocalizedText = { 'zh-CN': '', en: '' }

interface LegalSectionProps {
  profile: ManufacturerProfile
  lines: ReturnType<typeof useRows<LocalizedText>>
  errors: FieldMessages
  onChange(): void
}

/** What law wants to be read on a site: filings, further lines, the imprint. */
export function LegalSection({ profile, lines, errors, onChange }: LegalSectionProps) {
  const t = useTexts('manufacturer')
  return (
    <Section title={t('settings.legal')} help={t('settings.legalHelp')}>
      <div className={style.pair}>
        {(['icpFiling', 'policingFiling'] as const).map(name => (
          <TextField
            key={name}
            label={t(`settings.${name}`)}
            name={name}
            lang="zh-CN"
            defaultValue={profile[name]}
            maxLength={60}
            help={t(`settings.${name}Help`)}
            error={errors[name]}
          />
        ))}
      </div>
      {lines.rows.map(({ key, value }, place) => (
        <Row key={key} remove={t('settings.removeLine', { number: place + 1 })} onRemove={() => lines.remove(key, onChange)}>
          <BilingualField
            label={t('settings.legalLine', { number: place + 1 })}
            name={`legalLines.${place}`}
            value={value ?? nothing}
            maxLength={200}
            errors={errors}
          />
        </Row>
      ))}
      {lines.rows.length < mostLines ? (
        <ActionButton onClick={() => lines.add(onChange)}>{t('settings.addLine')}</ActionButton>
      ) : null}
      <BilingualField
        label={t('settings.imprint')}
        name="imprint"
        value={profile.imprint}
        maxLength={mostImprint}
        rows={8}
        help={t('settings.imprintHelp')}
        errors={errors}
      />
    </Section>
  )
}
