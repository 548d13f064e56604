import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  EmptyState,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listMyMaintenance } from '../core/index.ts'
import { DueTable } from './due-table.tsx'

/** /account/maintenance: what is due soon on all machines of the customer's company. */
export async function loader({ context }: LoaderFunctionArgs) {
  const list = await context.get(apiContext).call(listMyMaintenance, {})
  return { list, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/maintenance',
        title: translate(loaderData.language, 'advisory:allTitle'),
        hidden: true,
      })
    : []

export default function OwnDuePage() {
  const { items, more } = useLoaderData<typeof loader>().list
  const t = useTexts('advisory')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  return (
    <Container>
      <PageHeader
        title={t('allTitle')}
        actions={
          <ActionLink to={pathIn(language, '/account/machines')} size="small">
            {ofDevices('title')}
          </ActionLink>
        }
      >
        {t('allLead')}
      </PageHeader>
      {more ? <Notice>{t('more')}</Notice> : null}
      <DueTable
        rows={items}
        href={id => pathIn(language, `/account/machines/${id}/maintenance`)}
        empty={<EmptyState title={t('nothingDue')}>{t('nothingDueHelp')}</EmptyState>}
      />
    </Container>
  )
}
