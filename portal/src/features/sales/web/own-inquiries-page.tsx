import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  type Column,
  Container,
  DataTable,
  EmptyState,
  languageContext,
  Money,
  originContext,
  PageHeader,
  pageMeta,
  StatusBadge,
  type Tone,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type InquiryStatus, listMyInquiries, type OwnInquiry } from '../core/index.ts'

/** /account/inquiries: what the customer's company asked for, and how far it has come; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listMyInquiries, { query: {} })
  return { page, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/inquiries',
        title: translate(loaderData.language, 'sales:inquiry.own.title'),
        hidden: true,
      })
    : []

export default function OwnInquiriesPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('sales')
  const language = useLanguage()
  const pages = usePages(page, cursor => api.call(listMyInquiries, { query: { cursor } }))
  return (
    <Container>
      <PageHeader
        title={t('inquiry.own.title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/account/offers')} size="small">
              {t('inquiry.own.offers')}
            </ActionLink>
            <ActionLink to={pathIn(language, '/account')} size="small">
              {t('inquiry.own.account')}
            </ActionLink>
          </>
        }
      >
        {t('inquiry.own.lead')}
      </PageHeader>
      <DataTable
        label={t('inquiry.own.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ token }) => token}
        rowHref={({ token }) => pathIn(language, `/inquiries/${token}`)}
        empty={
          <EmptyState
            title={t('inquiry.own.none')}
            action={<ActionLink to={pathIn(language, '/products')}>{t('inquiry.own.configure')}</ActionLink>}
          >
            {t('inquiry.own.noneHelp')}
          </EmptyState>
        }
      />
    </Container>
  )
}

const tones: Record<InquiryStatus, Tone> = { received: 'waiting', answered: 'good', closed: 'neutral' }

function useColumns(): Column<OwnInquiry>[] {
  const t = useTexts('sales')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'product', title: t('inquiry.own.product'), cell: ({ productName }) => productName[language] },
    {
      id: 'state',
      title: t('inquiry.own.state'),
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(`inquiry.own.states.${status}`)}</StatusBadge>,
      narrow: true,
    },
    {
      id: 'sent',
      title: t('inquiry.own.sent'),
      cell: ({ createdAt }) => <time dateTime={createdAt}>{formatTime(createdAt, language, zone)}</time>,
      narrow: true,
    },
    { id: 'by', title: t('inquiry.own.by'), cell: ({ sentBy }) => sentBy.name || t('inquiry.own.gone'), optional: true },
    {
      id: 'net',
      title: t('inquiry.own.net'),
      cell: ({ net, currency }) => (net === null ? t('inquiry.onRequest') : <Money amount={net} currency={currency} />),
      numeric: true,
      optional: true,
    },
  ]
}
