import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { apiContext, EmptyState, languageContext, Notice, PageHeader, useLanguage, useTexts } from '#platform/web'
import { listMaintenance } from '../../core/index.ts'
import { DueTable } from '../due-table.tsx'

/** /console/maintenance: what is due soon on all machines. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { list: await context.get(apiContext).call(listMaintenance, {}), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'advisory:allTitle') }] : []

export default function DuePage() {
  const { items, more } = useLoaderData<typeof loader>().list
  const t = useTexts('advisory')
  const language = useLanguage()
  return (
    <>
      <PageHeader title={t('allTitle')}>{t('console.allLead')}</PageHeader>
      {more ? <Notice>{t('more')}</Notice> : null}
      <DueTable
        rows={items}
        href={id => pathIn(language, `/console/devices/${id}/maintenance`)}
        owner={{ id: 'owner', title: t('console.owner'), cell: ({ owner }) => owner ?? t('console.nobody') }}
        empty={<EmptyState title={t('console.none')}>{t('console.noneHelp')}</EmptyState>}
      />
    </>
  )
}
