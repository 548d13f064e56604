import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, FilterBar, languageContext, PageHeader, useTexts } from '#platform/web'
import { getOutcomes } from '../../core/index.ts'
import { OutcomesView } from '../outcomes-view.tsx'

/** /console/outcomes: what came of warnings at all machines, or at those of one company; the filter lives in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const company = new URL(request.url).searchParams.get('company')
  const all = await calls.call(getOutcomes, {})
  const companies = new Map(all.machines.flatMap(row => (row.company ? [[row.company.id, row.company.name]] : [])))
  const chosen = company && companies.has(company) ? await calls.call(getOutcomes, { query: { company } }) : all
  return { outcomes: chosen, companies: [...companies], language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'outcomes:title') }] : []

export default function OutcomesPage() {
  const { outcomes, companies } = useLoaderData<typeof loader>()
  const t = useTexts('outcomes')
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <FilterBar
        search={false}
        filters={[{ id: 'company', label: t('company'), options: companies.map(([value, label]) => ({ value, label })) }]}
      />
      <OutcomesView outcomes={outcomes} companies href={id => `/console/devices/${id}/alarms`} />
    </>
  )
}
