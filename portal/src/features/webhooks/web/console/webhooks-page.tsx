import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { PageHeader, useTexts } from '#platform/web'
import { loadWebhooks } from '../load-webhooks.ts'
import { WebhookList } from '../webhook-list.tsx'

/** /console/webhooks: programs of the manufacturer. */
export const loader = (given: LoaderFunctionArgs) => loadWebhooks(given, 'staff')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'webhooks:title') }] : []

export default function WebhooksPage() {
  const { items, machines, kept } = useLoaderData<typeof loader>()
  const t = useTexts('webhooks')
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <WebhookList items={items} machines={machines} kept={kept} path="/console/webhooks" />
    </>
  )
}
