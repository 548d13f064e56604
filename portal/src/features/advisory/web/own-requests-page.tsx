import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  DataTable,
  EmptyState,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { listMyServiceRequests } from '../core/index.ts'
import { ServiceBadge, useSubject } from './service/service-words.tsx'

/** /account/service: what the customer's company has asked for. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listMyServiceRequests, {})
  return { items, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/service',
        title: translate(loaderData.language, 'advisory:service.title'),
        hidden: true,
      })
    : []

export default function OwnRequestsPage() {
  const { items } = useLoaderData<typeof loader>()
  const t = useTexts('advisory')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const subject = useSubject()
  return (
    <Container>
      <PageHeader
        title={t('service.title')}
        actions={
          <ActionLink to={pathIn(language, '/account/machines')} size="small">
            {ofDevices('title')}
          </ActionLink>
        }
      >
        {t('service.lead')}
      </PageHeader>
      <DataTable
        label={t('service.title')}
        columns={[
          { id: 'number', title: t('service.number'), cell: ({ number }) => `#${number}`, narrow: true },
          { id: 'status', title: t('stateTitle'), cell: ({ status }) => <ServiceBadge status={status} />, narrow: true },
          { id: 'about', title: t('service.about'), cell: subject },
          { id: 'machine', title: t('machine'), cell: ({ device }) => `${device.model} ${device.serial}`, optional: true },
          {
            id: 'created',
            title: t('service.createdAt'),
            cell: ({ createdAt }) => formatDate(createdAt, language, zone),
            narrow: true,
            optional: true,
          },
        ]}
        rows={items}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/account/service/${id}`)}
        empty={<EmptyState title={t('service.none')}>{t('service.noneHelp')}</EmptyState>}
      />
    </Container>
  )
}
