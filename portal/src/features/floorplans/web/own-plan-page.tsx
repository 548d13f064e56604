import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, Container, EmptyState, PageHeader, pageMeta, useLanguage, useTexts } from '#platform/web'
import { loadPlan, mayDraw } from './load-plan.ts'
import { PlanView } from './plan-view.tsx'

/** /account/machines/plan: where the machines of the customer's company stand, and how they are. */
export async function loader(given: LoaderFunctionArgs) {
  const [loaded, draws] = await Promise.all([loadPlan(given), mayDraw(given)])
  return { ...loaded, draws }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/machines/plan',
        title: translate(loaderData.language, 'floorplans:title'),
        hidden: true,
      })
    : []

export default function OwnPlanPage() {
  const { plans, shown, draws } = useLoaderData<typeof loader>()
  const t = useTexts('floorplans')
  const ofFleet = useTexts('fleet')
  const language = useLanguage()
  const add = (
    <ActionLink
      to={pathIn(language, '/account/machines/plan/new')}
      size={shown ? 'small' : 'normal'}
      strength={shown ? 'secondary' : 'primary'}
    >
      {t('add')}
    </ActionLink>
  )
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <>
            {draws && shown ? (
              <>
                <ActionLink to={pathIn(language, `/account/machines/plan/${shown.plan.id}/edit`)} size="small">
                  {t('edit')}
                </ActionLink>
                {add}
              </>
            ) : null}
            <ActionLink to={pathIn(language, '/account/machines')} size="small">
              {ofFleet('title')}
            </ActionLink>
          </>
        }
      >
        {t('lead')}
      </PageHeader>
      {shown ? (
        <PlanView shown={shown} plans={plans} side="own" draws={draws} />
      ) : (
        <EmptyState title={t('none')} action={draws ? add : null}>
          {t(draws ? 'noneHelp' : 'noneMember')}
        </EmptyState>
      )}
    </Container>
  )
}
