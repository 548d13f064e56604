import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  Breadcrumbs,
  languageContext,
  PageHeader,
  Timeline,
  useLanguage,
  useLive,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeServiceRequest, getServiceRequest, writeServiceMessage } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { MessageForm } from '../service/message-form.tsx'
import { RequestFacts } from '../service/request-facts.tsx'
import { messageEntries, ServiceBadge } from '../service/service-words.tsx'
import { HandleForm } from './handle-form.tsx'

/** /console/service/{id}: one request for service. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value: request, etag }, { account }] = await Promise.all([
    calls.callWithEtag(getServiceRequest, { params: { requestId: params.requestId ?? '' } }),
    calls.call(getMe, {}),
  ])
  const mayHandle = permissionsOf(account?.roles ?? []).includes('service.handle')
  return { request, etag, mayHandle, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [{ title: translate(loaderData.language, 'advisory:service.numbered', { number: loaderData.request.number }) }]
    : []

export default function RequestPage() {
  const { request, etag, mayHandle } = useLoaderData<typeof loader>()
  const t = useTexts('advisory')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  useLive('service', id => void ((id === null || id === request.id) && revalidate()))
  const [saved, setSaved] = useState(false)
  const title = t('service.numbered', { number: request.number })
  const params = { requestId: request.id }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('service.title'), href: pathIn(language, '/console/service') }, { title }]} />
      <PageHeader title={title}>
        <ServiceBadge status={request.status} />
      </PageHeader>
      <div className={style.desk}>
        <div className={style.page}>
          <RequestFacts
            request={request}
            machine={pathIn(language, `/console/devices/${request.device.id}/maintenance`)}
            more={[
              { term: t('serviceDesk.company'), value: request.company },
              { term: t('serviceDesk.assignee'), value: request.assignee?.name ?? t('serviceDesk.unassigned') },
            ]}
          />
          <section className={style.section}>
            <h2>{t('service.messages')}</h2>
            {request.messages.length === 0 ? <p className={style.muted}>{t('service.noMessages')}</p> : null}
            <Timeline entries={messageEntries(request.messages)} zone={zone} />
            {mayHandle ? (
              <MessageForm
                send={async text => {
                  await api.call(writeServiceMessage, { params, body: { text } })
                  await revalidate()
                }}
              />
            ) : null}
          </section>
        </div>
        {mayHandle ? (
          <HandleForm
            key={etag}
            request={request}
            saved={saved}
            send={async body => {
              setSaved(false)
              await api.callWithEtag(changeServiceRequest, { params, body, ifMatch: etag })
              setSaved(true)
              await revalidate()
            }}
          />
        ) : null}
      </div>
    </>
  )
}
