import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import type { LocalizedText } from '#platform/core'
import { ActionButton, api, type FieldMessages, LeaveGuard, LocaleLink, Notice, TextField, useTexts } from '#platform/web'
import { isSaid, type ManufacturerProfile, mostFacts, saveProfile } from '../core/index.ts'
import { BilingualField } from './bilingual-field.tsx'
import { Row, Section } from './form-section.tsx'
import { LegalSection } from './legal-section.tsx'
import style from './profile-form.module.css'
import { useRows } from './use-rows.ts'

const nothing: LocalizedText = { 'zh-CN': '', en: '' }

interface ProfileFormProps {
  profile: ManufacturerProfile
  etag: string
  /** what stands in the form has just been saved */
  saved: boolean
  onSaved(saved: boolean): void
}

/** What the manufacturer says of itself, in sections. What was typed stays until it is saved. */
export function ProfileForm({ profile, etag, saved, onSaved }: ProfileFormProps) {
  const t = useTexts('manufacturer')
  const { revalidate } = useRevalidator()
  const [changed, setChanged] = useState(false)
  const lines = useRows(profile.legalLines)
  const facts = useRows(profile.facts)
  const entry = useEntry(
    typed => ({
      ...(isSaid(bilingual(typed, 'name')) ? {} : { 'name.zh-CN': t('settings.nameMissing') }),
      ...Object.fromEntries(
        facts.rows
          .map((_, place) => `facts.${place}.value`)
          .filter(name => typed.text(name) === '')
          .map(name => [name, t('settings.valueMissing')]),
      ),
    }),
    async typed => {
      const body = profileOf(typed, lines.rows.length, facts.rows.length)
      await api.call(saveProfile, { body, ifMatch: etag })
      setChanged(false)
      onSaved(true)
      await revalidate()
    },
  )
  const touch = () => {
    setChanged(true)
    onSaved(false)
  }
  const field = (name: 'name' | 'legalName' | 'about' | 'address' | 'hours' | 'priceTerms') => ({
    name,
    value: profile[name],
    label: t(`settings.${name}`),
    errors: entry.errors,
  })
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={touch}>
      <Section title={t('settings.who')} help={t('settings.oneIsEnough')}>
        <BilingualField {...field('name')} help={t('settings.nameHelp')} maxLength={60} />
        <BilingualField {...field('legalName')} help={t('settings.legalNameHelp')} maxLength={120} />
        <BilingualField {...field('about')} help={t('settings.aboutHelp')} maxLength={300} rows={3} />
      </Section>
      <Section title={t('settings.contact')}>
        <BilingualField {...field('address')} maxLength={300} rows={2} />
        <div className={style.pair}>
          <Plain name="phone" type="tel" profile={profile} errors={entry.errors} maxLength={40} />
          <Plain name="email" type="email" profile={profile} errors={entry.errors} maxLength={254} />
        </div>
        <BilingualField
          {...field('hours')}
          maxLength={200}
          help={
            <>
              {t('settings.hoursHelp')} <LocaleLink to="/console/answering">{t('settings.toAnswering')}</LocaleLink>
            </>
          }
        />
        <div className={style.pair}>
          <Plain name="timeZone" profile={profile} errors={entry.errors} maxLength={64} help={t('settings.timeZoneHelp')} />
        </div>
      </Section>
      <LegalSection {...{ profile, lines }} errors={entry.errors} onChange={touch} />
      <Section title={t('settings.facts')} help={t('settings.factsHelp', { most: mostFacts })}>
        {facts.rows.map(({ key, value }, place) => (
          <Row key={key} remove={t('settings.removeFact', { number: place + 1 })} onRemove={() => facts.remove(key, touch)}>
            <h3>{t('settings.fact', { number: place + 1 })}</h3>
            <div className={style.pair}>
              <TextField
                label={t('settings.value')}
                name={`facts.${place}.value`}
                defaultValue={value?.value ?? ''}
                required
                maxLength={20}
                error={entry.errors[`facts.${place}.value`]}
              />
            </div>
            <BilingualField
              label={t('settings.unit')}
              name={`facts.${place}.unit`}
              value={value?.unit ?? nothing}
              maxLength={30}
              errors={entry.errors}
            />
            <BilingualField
              label={t('settings.label')}
              name={`facts.${place}.label`}
              value={value?.label ?? nothing}
              maxLength={120}
              errors={entry.errors}
            />
          </Row>
        ))}
        {facts.rows.length < mostFacts ? (
          <ActionButton onClick={() => facts.add(touch)}>{t('settings.addFact')}</ActionButton>
        ) : null}
      </Section>
      <Section title={t('settings.prices')}>
        <BilingualField {...field('priceTerms')} help={t('settings.priceTermsHelp')} maxLength={1000} rows={5} />
      </Section>
      <div className={style.bar}>
        <ProblemNotice problem={entry.problem} />
        {saved ? <Notice tone="good" live title={t('settings.saved')} /> : null}
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('settings.save')}
        </ActionButton>
      </div>
      <LeaveGuard changed={changed} />
    </form>
  )
}

const bilingual = (typed: Typed, name: string): LocalizedText => ({
  'zh-CN': typed.text(`${name}.zh-CN`),
  en: typed.text(`${name}.en`),
})

/** The form as the API takes it; `lines` and `facts` say how many rows it has. */
function profileOf(typed: Typed, lines: number, facts: number): ManufacturerProfile {
  const text = (name: string) => bilingual(typed, name)
  return {
    name: text('name'),
    legalName: text('legalName'),
    about: text('about'),
    address: text('address'),
    phone: typed.text('phone'),
    email: typed.text('email'),
    hours: text('hours'),
    timeZone: typed.text('timeZone'),
    icpFiling: typed.text('icpFiling'),
    policingFiling: typed.text('policingFiling'),
    legalLines: Array.from({ length: lines }, (_, place) => text(`legalLines.${place}`)),
    imprint: text('imprint'),
    facts: Array.from({ length: facts }, (_, place) => ({
      value: typed.text(`facts.${place}.value`),
      unit: text(`facts.${place}.unit`),
      label: text(`facts.${place}.label`),
    })),
    priceTerms: text('priceTerms'),
  }
}

interface PlainProps {
  name: 'phone' | 'email' | 'timeZone'
  profile: ManufacturerProfile
  errors: FieldMessages
  maxLength: number
  type?: string
  help?: string
}

function Plain({ name, profile, errors, ...input }: PlainProps) {
  const t = useTexts('manufacturer')
  return <TextField label={t(`settings.${name}`)} name={name} defaultValue={profile[name]} error={errors[name]} {...input} />
}
