import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, EmptyState, PageHeader, useLanguage, useTexts } from '#platform/web'
import { loadPlan } from '../load-plan.ts'
import { PlanView } from '../plan-view.tsx'

/** /console/fleet/plan: halls as customers have drawn them, with the machines that staff may watch. */
export const loader = (given: LoaderFunctionArgs) => loadPlan(given)

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'floorplans:consoleTitle') }] : []

export default function PlanPage() {
  const { plans, shown } = useLoaderData<typeof loader>()
  const t = useTexts('floorplans')
  const ofFleet = useTexts('fleet')
  const language = useLanguage()
  return (
    <>
      <PageHeader
        title={t('consoleTitle')}
        actions={<ActionLink to={pathIn(language, '/console/fleet')}>{ofFleet('consoleTitle')}</ActionLink>}
      >
        {t('consoleLead')}
      </PageHeader>
      {shown ? (
        <PlanView shown={shown} plans={plans} side="console" draws={false} />
      ) : (
        <EmptyState title={t('consoleNone')}>{t('consoleNoneHelp')}</EmptyState>
      )}
    </>
  )
}
