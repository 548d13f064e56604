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
import { changeVibrationPlan, getVibrationPlan } from '../../core/index.ts'
import style from '../vibration.module.css'
import { draftErrors, emptyPoint, emptyZones, fieldsOf, pointDrafts, zonesDrafts } from './plan-draft.ts'
import { PointCard } from './point-card.tsx'
import { ZonesCard } from './zones-card.tsx'

/** /console/device-types/{id}/vibration: where vibration of machines of a type is recorded, and how it is judged. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const typeId = params.typeId ?? ''
  const [{ value: plan, etag }, { account }] = await Promise.all([
    calls.callWithEtag(getVibrationPlan, { params: { typeId } }),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device-type.manage')
  return { typeId, plan, etag, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [
        {
          title: `${translate(loaderData.language, 'vibration:editor.title')} · ${loaderData.plan.typeName[loaderData.language]}`,
        },
      ]
    : []

/** The list with one of its entries changed. */
const changed = <One extends { id: string }>(all: readonly One[], id: string, change: Partial<One>): One[] =>
  all.map(one => (one.id === id ? { ...one, ...change } : one))

export default function VibrationPlanPage() {
  const { typeId, plan, etag, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('vibration')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  const [seen, setSeen] = useState(etag)
  const [points, setPoints] = useState(() => pointDrafts(plan.points))
  const [zones, setZones] = useState(() => zonesDrafts(plan.zones))
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    () => draftErrors(points, zones, t),
    async () => {
      setSaved(false)
      const body = fieldsOf(points, zones)
      const answer = await api.callWithEtag(changeVibrationPlan, { params: { typeId }, body, ifMatch: seen })
      setSeen(answer.etag)
      setSaved(true)
    },
  )
  const add = (
    <ActionButton onClick={() => setPoints([...points, emptyPoint(crypto.randomUUID())])}>{t('editor.add')}</ActionButton>
  )
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
        {points.length === 0 ? (
          <EmptyState title={t('editor.none')} action={mayWrite ? add : null}>
            {t('editor.noneHelp')}
          </EmptyState>
        ) : null}
        {points.map((point, at) => (
          <PointCard
            key={point.id}
            {...{ point, at, plan, zones, errors: entry.errors, disabled: !mayWrite }}
            onField={(field, value) => setPoints(changed(points, point.id, { [field]: value }))}
            onMetric={(feature, metric) =>
              setPoints(changed(points, point.id, { metrics: { ...point.metrics, [feature]: metric } }))
            }
            onRemove={() => setPoints(points.filter(({ id }) => id !== point.id))}
          />
        ))}
        {mayWrite && points.length > 0 ? <div className={style.actions}>{add}</div> : null}
        <section className={style.point}>
          <h2>{t('editor.zones')}</h2>
          <p className={style.muted}>{t('editor.zonesLead')}</p>
          {zones.map((one, at) => (
            <ZonesCard
              key={one.id}
              {...{ zones: one, at, errors: entry.errors, disabled: !mayWrite }}
              onField={(field, value) => setZones(changed(zones, one.id, { [field]: value }))}
              onRemove={() => setZones(zones.filter(({ id }) => id !== one.id))}
            />
          ))}
          {mayWrite ? (
            <div className={style.actions}>
              <ActionButton onClick={() => setZones([...zones, emptyZones(crypto.randomUUID())])}>
                {t('editor.addZones')}
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
