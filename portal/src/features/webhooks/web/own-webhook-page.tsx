import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn } from '#platform/core'
import { Breadcrumbs, Container, PageHeader, pageMeta, useLanguage, useTexts } from '#platform/web'
import { loadWebhook } from './load-webhooks.ts'
import { WebhookDesk } from './webhook-desk.tsx'

const path = '/account/webhooks'

/** /account/webhooks/:webhookId: one of the own company's. */
export const loader = (given: LoaderFunctionArgs) => loadWebhook(given, 'customer')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: `${path}/${loaderData.webhook.id}`, title: loaderData.webhook.name, hidden: true })
    : []

export default function OwnWebhookPage() {
  const { webhook, page, machines } = useLoaderData<typeof loader>()
  const t = useTexts('webhooks')
  const language = useLanguage()
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, path) }, { title: webhook.name }]} />
      <PageHeader title={webhook.name} />
      <WebhookDesk webhook={webhook} page={page} machines={machines} path={path} />
    </Container>
  )
}
