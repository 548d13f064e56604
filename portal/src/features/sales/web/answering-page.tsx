import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  languageContext,
  Notice,
  PageHeader,
  TextField,
  useTexts,
} from '#platform/web'
import { type AnsweringRule, getAnswering, saveAnswering } from '../core/index.ts'
import style from './answering-page.module.css'

/** /console/answering: within how many working hours a new lead is to be dealt with. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getAnswering, {})
  return { rule: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'sales:answering.title') }] : []

const weekdays = [1, 2, 3, 4, 5, 6, 7]

export default function AnsweringPage() {
  const { rule, etag } = useLoaderData<typeof loader>()
  const t = useTexts('sales')
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages => {
      const { within, days, from, to } = ruleOf(typed)
      return {
        ...(Number.isInteger(within) && within >= 0 && within <= 400 ? {} : { within: t('answering.withinWrong') }),
        ...(days.length > 0 ? {} : { days: t('answering.daysMissing') }),
        ...(to > from ? {} : { to: t('answering.toWrong') }),
      }
    },
    async typed => {
      await api.call(saveAnswering, { body: ruleOf(typed), ifMatch: etag })
      setSaved(true)
      await revalidate()
    },
  )
  return (
    <>
      <PageHeader title={t('answering.title')}>{t('answering.lead')}</PageHeader>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={() => setSaved(false)}>
        <ProblemNotice problem={entry.problem} />
        <TextField
          label={t('answering.within')}
          name="within"
          inputMode="numeric"
          defaultValue={rule.within}
          required
          help={t('answering.withinHelp')}
          error={entry.errors.within}
        />
        <ChoiceGroup title={t('answering.days')} error={entry.errors.days}>
          {weekdays.map(day => (
            <Choice
              key={day}
              type="checkbox"
              name="days"
              value={day}
              defaultChecked={rule.days.includes(day)}
              label={t(`answering.day.${day}`)}
            />
          ))}
        </ChoiceGroup>
        <div className={style.pair}>
          <TextField label={t('answering.from')} name="from" type="time" defaultValue={timeOf(rule.from)} required />
          <TextField
            label={t('answering.to')}
            name="to"
            type="time"
            defaultValue={timeOf(rule.to)}
            required
            error={entry.errors.to}
          />
        </div>
        <p className={style.help}>{t('answering.zone')}</p>
        {saved ? <Notice tone="good" live title={t('answering.saved')} /> : null}
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('answering.save')}
        </ActionButton>
      </form>
    </>
  )
}

const ruleOf = (typed: Typed): AnsweringRule => ({
  within: typed.text('within') === '' ? Number.NaN : Number(typed.text('within')),
  days: typed.all('days').map(Number),
  from: minutesOf(typed.text('from')),
  to: minutesOf(typed.text('to')),
})

/** Minutes of the day as a time field has them; midnight as an end is 23:59 there. */
const timeOf = (minutes: number): string => {
  const shown = Math.min(minutes, 24 * 60 - 1)
  return [Math.floor(shown / 60), shown % 60].map(part => String(part).padStart(2, '0')).join(':')
}

const minutesOf = (time: string): number => {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number)
  return hours * 60 + minutes
}
