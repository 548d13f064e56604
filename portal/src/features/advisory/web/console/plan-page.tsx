import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Breadcrumbs,
  EmptyState,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { changePlan, getPlan } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { AdviceCard } from './advice-card.tsx'
import { adviceDrafts, draftErrors, emptyAdvice, emptyTask, fieldsOf, taskDrafts, typed } from './plan-draft.ts'
import { TaskCard } from './task-card.tsx'

/** /console/device-types/{id}/maintenance: what is to be done regularly on machines of a type. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const typeId = params.typeId ?? ''
  const [{ value: plan, etag }, { account }] = await Promise.all([
    calls.callWithEtag(getPlan, { params: { typeId } }),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device-type.manage')
  return { typeId, plan, etag, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [{ title: `${translate(loaderData.language, 'advisory:editor.title')} · ${loaderData.plan.typeName[loaderData.language]}` }]
    : []

export default function PlanPage() {
  const { typeId, plan, etag, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('advisory')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  const [seen, setSeen] = useState(etag)
  const [tasks, setTasks] = useState(() => taskDrafts(plan.tasks))
  const [advice, setAdvice] = useState(() => adviceDrafts(plan.advice))
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    () => draftErrors(tasks, advice, t),
    async () => {
      setSaved(false)
      const answer = await api.callWithEtag(changePlan, { params: { typeId }, body: fieldsOf(tasks, advice), ifMatch: seen })
      setSeen(answer.etag)
      setSaved(true)
    },
  )
  const add = <ActionButton onClick={() => setTasks([...tasks, emptyTask(crypto.randomUUID())])}>{t('editor.add')}</ActionButton>
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { title: ofDevices('types.title'), href: pathIn(language, '/console/device-types') },
          { title: plan.typeName[language], href: pathIn(language, `/console/device-types/${typeId}`) },
          { title: t('editor.title') },
        ]}
      />
      <PageHeader title={t('editor.title')}>{t('editor.lead')}</PageHeader>
      <form className={style.page} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        {tasks.length === 0 ? (
          <EmptyState title={t('editor.none')} action={mayWrite ? add : null}>
            {t('editor.noneHelp')}
          </EmptyState>
        ) : null}
        {tasks.map((task, at) => (
          <TaskCard
            key={task.id}
            {...{ task, at, metrics: plan.metrics, rules: plan.rules, errors: entry.errors, disabled: !mayWrite }}
            onField={(field, value) => setTasks(tasks.map(one => (one.id === task.id ? typed(one, field, value) : one)))}
            onRemove={() => setTasks(tasks.filter(one => one.id !== task.id))}
          />
        ))}
        {mayWrite && tasks.length > 0 ? <div className={style.actions}>{add}</div> : null}
        <section className={style.section}>
          <h2>{t('editor.advice')}</h2>
          <p className={style.muted}>{t('editor.adviceLead')}</p>
          {advice.map((one, at) => (
            <AdviceCard
              key={one.id}
              {...{ advice: one, at, rules: plan.rules, packages: plan.packages, errors: entry.errors, disabled: !mayWrite }}
              onField={(field, value) =>
                setAdvice(advice.map(other => (other.id === one.id ? typed(other, field, value) : other)))
              }
              onRemove={() => setAdvice(advice.filter(other => other.id !== one.id))}
            />
          ))}
          {mayWrite ? (
            <div className={style.actions}>
              <ActionButton onClick={() => setAdvice([...advice, emptyAdvice(crypto.randomUUID())])}>
                {t('editor.addAdvice')}
              </ActionButton>
            </div>
          ) : null}
        </section>
        {mayWrite ? (
          <div className={style.actions}>
            <ActionButton type="submit" strength="primary" disabled={entry.busy}>
              {t('editor.save')}
            </ActionButton>
            <span role="status">{saved ? t('editor.saved') : ''}</span>
          </div>
        ) : null}
      </form>
    </>
  )
}
