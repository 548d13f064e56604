import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed, useEntry } from '#features/accounts/web'
import { formatDate, formatNumber, formatTime, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  DescriptionList,
  languageContext,
  Notice,
  PageHeader,
  SelectField,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getRetention, saveRetention } from '../../core/index.ts'
import { RetentionEffectLine } from './retention-effect.tsx'
import style from './retention-page.module.css'

/** /console/settings/readings: how long readings are kept as they were measured. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getRetention, {})
  return { retention: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'telemetry:retention.title') }] : []

const choices = [3, 6, 12, 24, 36, 60, 120]
const forever = 'forever'

export default function RetentionPage() {
  const { retention, etag } = useLoaderData<typeof loader>()
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { confirmed, dialog } = useConfirmed()
  const { months, next, hourlyUntil, kept } = retention
  const [chosen, setChosen] = useState(months)
  const [saved, setSaved] = useState(false)
  const save = async (wanted: number | null) => {
    const done = await confirmed(token => api.call(saveRetention, { body: { months: wanted }, ifMatch: etag, ...token }))
    if (!done) return
    setChosen(done.months)
    setSaved(true)
    await revalidate()
  }
  const entry = useEntry(
    () => ({}),
    async typed => save(monthsIn(typed.text('months'))),
  )
  const offered = months === null || choices.includes(months) ? choices : [...choices, months].sort((a, b) => a - b)
  return (
    <>
      <PageHeader title={t('retention.title')}>{t('retention.lead')}</PageHeader>
      {next ? (
        <Notice tone="warn" title={t('retention.next', { count: next.months, at: formatTime(next.from, language, timeZone) })}>
          <p className={style.taking}>
            {t('retention.nextHelp')}
            <ActionButton size="small" disabled={entry.busy} onClick={() => void save(months)}>
              {t('retention.takeBack')}
            </ActionButton>
          </p>
        </Notice>
      ) : null}
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <SelectField
          label={t('retention.months')}
          name="months"
          value={chosen ?? forever}
          onChange={event => {
            setSaved(false)
            setChosen(monthsIn(event.currentTarget.value))
          }}
          help={t('retention.floor')}
          options={[
            ...offered.map(count => ({ value: count, label: t('retention.count', { count }) })),
            { value: forever, label: t('retention.forever') },
          ]}
        />
        <RetentionEffectLine months={chosen} before={months} key={chosen} />
        {saved ? <Notice tone="good" live title={t('retention.saved')} /> : null}
        <ActionButton type="submit" strength="primary" disabled={entry.busy || chosen === months}>
          {t('retention.save')}
        </ActionButton>
      </form>
      <section className={style.kept} aria-labelledby="kept">
        <h2 id="kept">{t('retention.kept')}</h2>
        <DescriptionList
          items={[
            { term: t('retention.readings'), value: formatNumber(kept.readings, language, 0) },
            { term: t('retention.hours'), value: formatNumber(kept.hours, language, 0) },
            {
              term: t('retention.hourlyUntil'),
              value: hourlyUntil
                ? t('retention.before', { date: formatDate(hourlyUntil, language, 'UTC') })
                : t('retention.none'),
            },
          ]}
        />
      </section>
      {dialog}
    </>
  )
}

const monthsIn = (value: string): number | null => (value === forever ? null : Number(value))
