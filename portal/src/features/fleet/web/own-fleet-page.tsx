import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { PendingClaim } from '#features/devices/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  Container,
  EmptyState,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getMyFleet } from '../core/index.ts'
import { FleetView } from './fleet-view.tsx'
import { wishOf } from './fleet-wish.ts'

/** /account/machines: how the machines of the customer's company are; anybody else is led to sign in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = wishOf(new URL(request.url).searchParams)
  const page = await context.get(apiContext).call(getMyFleet, { query })
  return { page, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/account/machines', title: translate(loaderData.language, 'fleet:title'), hidden: true })
    : []

export default function OwnFleetPage() {
  const { page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('fleet')
  const ofAdvisory = useTexts('advisory')
  const language = useLanguage()
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/account/maintenance')} size="small">
              {ofAdvisory('allTitle')}
            </ActionLink>
            <ActionLink to={pathIn(language, '/account')} size="small">
              {t('account')}
            </ActionLink>
          </>
        }
      >
        {t('lead')}
      </PageHeader>
      <PendingClaim />
      <FleetView
        page={page}
        side="own"
        more={cursor => api.call(getMyFleet, { query: { ...wishOf(search), cursor } })}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
    </Container>
  )
}
