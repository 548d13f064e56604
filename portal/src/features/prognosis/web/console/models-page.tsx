import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatNumber, pathIn, translate } from '#platform/core'
import { apiContext, type Column, DataTable, EmptyState, languageContext, PageHeader, useLanguage, useTexts } from '#platform/web'
import { listParts, type PartSummary } from '../../core/index.ts'

/** /console/models: components of all types, with what is known of their ends and the model that runs. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listParts, {})
  return { items, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'prognosis:desk.title') }] : []

export default function ModelsPage() {
  const { items } = useLoaderData<typeof loader>()
  const t = useTexts('prognosis')
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const standing = ({ last, failures, needed }: PartSummary) => {
    if (last) return t(`desk.status.${last}`)
    return failures < needed ? t('desk.missing', { count: needed - failures }) : t('desk.ready')
  }
  const columns: Column<PartSummary>[] = [
    { id: 'component', title: t('desk.component'), cell: ({ component }) => component.name[language] },
    { id: 'type', title: t('desk.type'), cell: ({ type }) => type[language] },
    { id: 'failures', title: t('desk.failures'), cell: ({ failures }) => number(failures), numeric: true },
    { id: 'censored', title: t('desk.censored'), cell: ({ censored }) => number(censored), numeric: true, optional: true },
    {
      ...{ id: 'running', title: t('desk.running'), optional: true },
      cell: ({ running }) => (running === null ? t('desk.noRunning') : t('desk.version', { number: running })),
    },
    { id: 'last', title: t('desk.last'), cell: standing },
  ]
  return (
    <>
      <PageHeader title={t('desk.title')}>{t('desk.lead')}</PageHeader>
      <DataTable
        label={t('desk.title')}
        columns={columns}
        rows={items}
        rowId={({ typeId, component }) => `${typeId} ${component.key}`}
        rowHref={({ typeId, component }) => pathIn(language, `/console/models/${typeId}/${component.key}`)}
        empty={<EmptyState title={t('desk.none')}>{t('desk.noneHelp')}</EmptyState>}
      />
    </>
  )
}
