import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn } from '#platform/core'
import { Breadcrumbs, PageHeader, useLanguage, useTexts } from '#platform/web'
import { loadWebhook } from '../load-webhooks.ts'
import { WebhookDesk } from '../webhook-desk.tsx'

const path = '/console/webhooks'

/** /console/webhooks/:webhookId: one of the manufacturer's. */
export const loader = (given: LoaderFunctionArgs) => loadWebhook(given, 'staff')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => (loaderData ? [{ title: loaderData.webhook.name }] : [])

export default function WebhookPage() {
  const { webhook, page, machines } = useLoaderData<typeof loader>()
  const t = useTexts('webhooks')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, path) }, { title: webhook.name }]} />
      <PageHeader title={webhook.name} />
      <WebhookDesk webhook={webhook} page={page} machines={machines} path={path} />
    </>
  )
}
