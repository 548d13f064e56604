import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Breadcrumbs,
  Container,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getFloorPlan } from '../core/index.ts'
import { Arrange } from './arrange.tsx'
import { demandDrawing } from './load-plan.ts'
import { PlanSettings } from './plan-settings.tsx'

/** /account/machines/plan/{planId}/edit: a plan of the own company is arranged, by its administrators. */
export async function loader(given: LoaderFunctionArgs) {
  const { params, context } = given
  const shown = await context.get(apiContext).call(getFloorPlan, { params: { planId: params.planId ?? '' } })
  await demandDrawing(given)
  return { shown, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/plan/${loaderData.shown.plan.id}/edit`,
        title: translate(loaderData.language, 'floorplans:edit'),
        hidden: true,
      })
    : []

export default function EditPlanPage() {
  const { shown } = useLoaderData<typeof loader>()
  const t = useTexts('floorplans')
  const language = useLanguage()
  const { plan } = shown
  const path = pathIn(language, `/account/machines/plan?plan=${plan.id}`)
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('title'), href: path }, { title: plan.name }]} />
      <PageHeader
        title={t('editing.title', { name: plan.name })}
        actions={
          <ActionLink to={path} size="small">
            {t('editing.back')}
          </ActionLink>
        }
      >
        {t('editing.lead')}
      </PageHeader>
      <Arrange shown={shown} />
      <PlanSettings plan={plan} />
    </Container>
  )
}
