import { type LoaderFunctionArgs, redirect } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { wishOf } from '#features/fleet/web'
import { pathIn } from '#platform/core'
import { apiContext, languageContext, originContext } from '#platform/web'
import { getFloorPlan, listFloorPlans } from '../core/index.ts'

/** The plan that the address names, or the first; null: there is none. Filters are those of the fleet. */
export async function loadPlan({ request, context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const search = new URL(request.url).searchParams
  const { items: plans } = await api.call(listFloorPlans, {})
  const chosen = plans.find(({ id }) => id === search.get('plan')) ?? plans[0]
  const { q, state, type, site } = wishOf(search)
  const shown = chosen ? await api.call(getFloorPlan, { params: { planId: chosen.id }, query: { q, state, type, site } }) : null
  return { plans, shown, language: context.get(languageContext), origin: context.get(originContext) }
}

/** Whether somebody draws his company's plans. */
export async function mayDraw({ context }: Pick<LoaderFunctionArgs, 'context'>): Promise<boolean> {
  const { account } = await context.get(apiContext).call(getMe, {})
  return permissionsOf(account?.roles ?? []).includes('floor-plan.manage-own')
}

/** Leads a colleague who does not draw to the plan as it is. */
export async function demandDrawing(given: Pick<LoaderFunctionArgs, 'context'>): Promise<void> {
  if (!(await mayDraw(given))) throw redirect(pathIn(given.context.get(languageContext), '/account/machines/plan'))
}
