import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
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
  useLanguage,
  usePages,
  useTexts,
} from '#platform/web'
import { listMyOffers, type OwnOffer } from '../core/index.ts'
import { offerTones } from './offer-tones.ts'

/** /account/offers: what the customer's company was offered; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listMyOffers, { query: {} })
  return { page, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/offers',
        title: translate(loaderData.language, 'offers:own.title'),
        hidden: true,
      })
    : []

export default function OwnOffersPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('offers')
  const language = useLanguage()
  const pages = usePages(page, cursor => api.call(listMyOffers, { query: { cursor } }))
  return (
    <Container>
      <PageHeader
        title={t('own.title')}
        actions={
          <ActionLink to={pathIn(language, '/account')} size="small">
            {t('own.account')}
          </ActionLink>
        }
      >
        {t('own.lead')}
      </PageHeader>
      <DataTable
        label={t('own.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/account/offers/${id}`)}
        empty={
          <EmptyState
            title={t('own.none')}
            action={<ActionLink to={pathIn(language, '/account/inquiries')}>{t('own.inquiries')}</ActionLink>}
          >
            {t('own.noneHelp')}
          </EmptyState>
        }
      />
    </Container>
  )
}

function useColumns(): Column<OwnOffer>[] {
  const t = useTexts('offers')
  const language = useLanguage()
  return [
    { id: 'number', title: t('page.number'), cell: ({ number }) => number, narrow: true },
    { id: 'about', title: t('own.about'), cell: ({ about }) => about, optional: true },
    {
      id: 'state',
      title: t('own.state'),
      cell: ({ status }) => <StatusBadge tone={offerTones[status]}>{t(`status.${status}`)}</StatusBadge>,
    },
    {
      id: 'valid',
      title: t('page.validUntil'),
      cell: ({ validUntil }) => formatDate(`${validUntil}T00:00:00Z`, language, 'UTC'),
      narrow: true,
      optional: true,
    },
    {
      id: 'gross',
      title: t('page.gross'),
      cell: ({ gross, currency }) => <Money amount={gross} currency={currency} />,
      numeric: true,
    },
  ]
}
