import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
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
import { listMyDevices } from '../core/index.ts'
import { MachinesTable } from './machines-table.tsx'

/** /account/machines: what the customer's company owns; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listMyDevices, {})
  return { page, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/account/machines', title: translate(loaderData.language, 'devices:title'), hidden: true })
    : []

export default function OwnMachinesPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <ActionLink to={pathIn(language, '/account')} size="small">
            {t('account')}
          </ActionLink>
        }
      >
        {t('lead')}
      </PageHeader>
      <MachinesTable
        page={page}
        more={cursor => api.call(listMyDevices, { query: { cursor } })}
        title={t('title')}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
    </Container>
  )
}
