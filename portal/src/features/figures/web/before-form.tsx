import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { ActionButton, api, type FieldMessages, Notice, TextField, useLanguage, useTexts } from '#platform/web'
import { type Figures, type FiguresBefore, productStepsBefore, saveBefore, stepsBefore } from '../core/index.ts'
import style from './figures-page.module.css'

interface BeforeProps {
  before: FiguresBefore
  etag: string
  /** null: the whole portal */
  product: Figures['product']
}

/** A usual month before the portal: everybody sees where it is from, administrators enter it. */
export function BeforeForm({ before, etag, product, mayManage }: BeforeProps & { mayManage: boolean }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const [wasEmpty] = useState(etag === '"0"')
  return (
    <section className={style.section} id="before">
      <h2>{product ? t('before.titleOf', { product: product.name[language] }) : t('before.title')}</h2>
      <p className={style.hint}>
        {etag === '"0"' ? t('before.missing') : before.note ? t('before.from', { note: before.note }) : null}
      </p>
      {mayManage ? (
        <details className={style.fold} open={wasEmpty}>
          <summary>{t('before.lead')}</summary>
          <Entry before={before} etag={etag} product={product} />
        </details>
      ) : null}
    </section>
  )
}

function Entry({ before, etag, product }: BeforeProps) {
  const t = useTexts('figures')
  const language = useLanguage()
  const asked = product ? productStepsBefore : stepsBefore
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages => {
      const { answerHours, ...counts } = valuesOf(typed)
      return {
        ...Object.fromEntries(
          asked
            .filter(
              step => counts[step] !== null && !(Number.isInteger(counts[step]) && counts[step]! >= 0 && counts[step]! <= 1e9),
            )
            .map(step => [step, t('before.wrong')]),
        ),
        ...(answerHours === null || (answerHours >= 0 && answerHours <= 10_000) ? {} : { answerHours: t('before.wrongHours') }),
      }
    },
    async typed => {
      await api.call(saveBefore, { query: { product: product?.slug }, body: valuesOf(typed), ifMatch: etag })
      setSaved(true)
      await revalidate()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={() => setSaved(false)}>
      <ProblemNotice problem={entry.problem} />
      <p className={style.hint}>{product ? t('before.whichOf', { product: product.name[language] }) : t('before.which')}</p>
      <div className={style.fields}>
        {asked.map(step => (
          <TextField
            label={t('before.perMonth', { step: t(`step.${step}`) })}
            name={step}
            inputMode="numeric"
            defaultValue={before[step] ?? ''}
            error={entry.errors[step]}
            key={step}
          />
        ))}
        <TextField
          label={t('before.answerHours')}
          name="answerHours"
          inputMode="decimal"
          defaultValue={before.answerHours ?? ''}
          error={entry.errors.answerHours}
        />
      </div>
      <TextField
        label={t('before.note')}
        help={t('before.noteHelp')}
        name="note"
        maxLength={500}
        defaultValue={before.note}
        error={entry.errors.note}
      />
      {saved ? <Notice tone="good" live title={t('before.saved')} /> : null}
      <div>
        <ActionButton type="submit" disabled={entry.busy}>
          {t('before.save')}
        </ActionButton>
      </div>
    </form>
  )
}

/** What is empty is not known. */
function valuesOf(typed: Typed): FiguresBefore {
  const number = (name: string) => (typed.text(name) === '' ? null : Number(typed.text(name).replace(',', '.')))
  return {
    visits: number('visits'),
    inquired: number('inquired'),
    answered: number('answered'),
    offered: number('offered'),
    won: number('won'),
    answerHours: number('answerHours'),
    note: typed.text('note'),
  }
}
