import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { Container, PageHeader, pageMeta, useTexts } from '#platform/web'
import { loadWebhooks } from './load-webhooks.ts'
import { WebhookList } from './webhook-list.tsx'

const path = '/account/webhooks'

/** /account/webhooks: programs of the own company, for its administrators. */
export const loader = (given: LoaderFunctionArgs) => loadWebhooks(given, 'customer')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? pageMeta({ ...loaderData, path, title: translate(loaderData.language, 'webhooks:title'), hidden: true }) : []

export default function OwnWebhooksPage() {
  const { items, machines, kept } = useLoaderData<typeof loader>()
  const t = useTexts('webhooks')
  return (
    <Container>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <WebhookList items={items} machines={machines} kept={kept} path={path} />
    </Container>
  )
}
