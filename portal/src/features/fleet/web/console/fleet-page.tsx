import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, api, apiContext, EmptyState, languageContext, PageHeader, useLanguage, useTexts } from '#platform/web'
import { getFleet } from '../../core/index.ts'
import { FleetView } from '../fleet-view.tsx'
import { companyOf, wishOf } from '../fleet-wish.ts'

/** /console/fleet: how the machines of the register are, those that need attention first. Search and filters live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(getFleet, { query: queryOf(new URL(request.url).searchParams) })
  return { page, language: context.get(languageContext) }
}

const queryOf = (search: URLSearchParams) => ({ ...wishOf(search), company: companyOf(search) })

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'fleet:consoleTitle') }] : []

export default function FleetPage() {
  const { page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('fleet')
  const language = useLanguage()
  return (
    <>
      <PageHeader
        title={t('consoleTitle')}
        actions={<ActionLink to={pathIn(language, '/console/devices')}>{t('register')}</ActionLink>}
      >
        {t('consoleLead')}
      </PageHeader>
      <FleetView
        page={page}
        side="console"
        more={cursor => api.call(getFleet, { query: { ...queryOf(search), cursor } })}
        empty={<EmptyState title={t('consoleNone')}>{t('consoleNoneHelp')}</EmptyState>}
      />
    </>
  )
}
