import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, Container, languageContext, originContext, PageHeader, pageMeta, useTexts } from '#platform/web'
import { getMyOutcomes } from '../core/index.ts'
import { OutcomesView } from './outcomes-view.tsx'

/** /account/outcomes: what came of warnings at the machines of the customer's company. */
export async function loader({ context }: LoaderFunctionArgs) {
  const outcomes = await context.get(apiContext).call(getMyOutcomes, {})
  return { outcomes, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        ...{ path: '/account/outcomes', title: translate(loaderData.language, 'outcomes:title'), hidden: true },
      })
    : []

export default function OwnOutcomesPage() {
  const { outcomes } = useLoaderData<typeof loader>()
  const t = useTexts('outcomes')
  return (
    <Container>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <OutcomesView outcomes={outcomes} companies={false} href={id => `/account/machines/${id}/alarms`} />
    </Container>
  )
}
