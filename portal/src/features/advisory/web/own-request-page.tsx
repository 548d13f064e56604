import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Breadcrumbs,
  ConfirmDialog,
  Container,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  Timeline,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getMyServiceRequest, mayMove, withdrawMyServiceRequest, writeMyServiceMessage } from '../core/index.ts'
import style from './maintenance.module.css'
import { MessageForm } from './service/message-form.tsx'
import { RequestFacts } from './service/request-facts.tsx'
import { messageEntries, ServiceBadge } from './service/service-words.tsx'

/** /account/service/{id}: one request of the customer's company; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const requestId = params.requestId ?? ''
  const request = await context.get(apiContext).call(getMyServiceRequest, { params: { requestId } })
  return { request, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/service/${loaderData.request.id}`,
        title: translate(loaderData.language, 'advisory:service.numbered', { number: loaderData.request.number }),
        hidden: true,
      })
    : []

export default function OwnRequestPage() {
  const loaded = useLoaderData<typeof loader>().request
  const t = useTexts('advisory')
  const language = useLanguage()
  const zone = useTimeZone()
  const { problem, attempt } = useProblem()
  const [changed, setChanged] = useState<typeof loaded | null>(null)
  const [asks, setAsks] = useState(false)
  const request = changed && changed.updatedAt > loaded.updatedAt ? changed : loaded
  const params = { requestId: request.id }
  const title = t('service.numbered', { number: request.number })
  const withdraw = async () => {
    const answer = await attempt(() => api.call(withdrawMyServiceRequest, { params }))
    setAsks(false)
    if (answer) setChanged(answer)
  }
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('service.title'), href: pathIn(language, '/account/service') }, { title }]} />
      <PageHeader title={title}>
        <ServiceBadge status={request.status} />
      </PageHeader>
      <div className={style.page}>
        <RequestFacts request={request} machine={pathIn(language, `/account/machines/${request.device.id}`)} />
        <section className={style.section}>
          <h2>{t('service.messages')}</h2>
          {request.messages.length === 0 ? <p className={style.muted}>{t('service.noMessages')}</p> : null}
          <Timeline entries={messageEntries(request.messages)} zone={zone} />
          <MessageForm send={async text => setChanged(await api.call(writeMyServiceMessage, { params, body: { text } }))} />
        </section>
        <ProblemNotice problem={problem} />
        {mayMove(request.status, 'withdrawn', 'customer') ? (
          <div className={style.actions}>
            <ActionButton strength="quiet" onClick={() => setAsks(true)}>
              {t('service.withdraw')}
            </ActionButton>
          </div>
        ) : null}
      </div>
      <ConfirmDialog
        open={asks}
        title={t('service.withdrawTitle', { number: request.number })}
        action={t('service.withdraw')}
        onConfirm={() => void withdraw()}
        onClose={() => setAsks(false)}
      >
        {t('service.withdrawHelp')}
      </ConfirmDialog>
    </Container>
  )
}
