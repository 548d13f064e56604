import { Readable } from 'node:stream'
import { signedIn } from '#features/accounts/server'
import type { StateSources } from '#features/fleet/server'
import { type RequestContext, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { personal } from './personal.ts'
import { placeMachine, takeMachineOff } from './place-machine.ts'
import { floorPlanProblems } from './problems.ts'
import { findPicture, findPlan, listPlans, showPlan } from './read-plans.ts'
import { addPlan, changePlan, putPicture, removePlan, takePictureAway } from './write-plans.ts'

export { placeMachine } from './place-machine.ts'
export { findPlan, listPlans } from './read-plans.ts'
export { addPlan, putPicture } from './write-plans.ts'

/** Where a company's machines stand, as plans of its halls. sources: as for the fleet */
export const floorplans = (sources: StateSources): ServerFeature => ({
  name: 'floorplans',
  routes: [
    route(api.listFloorPlans, async (_, context) => ({ items: await listPlans(context.platform, signedIn(context)) })),
    route(api.getFloorPlan, async ({ params, query }, context) => {
      const value = await showPlan(context.platform, signedIn(context), sources, { ...params, ...query })
      return { value, etag: String(value.plan.revision) }
    }),
    route(api.getFloorPlanPicture, async ({ params: { planId }, query }, context) => {
      const { platform } = context
      await findPlan(platform, signedIn(context), planId)
      const webp = await findPicture(platform, planId, query.hash)
      return {
        ...{ name: 'floor-plan.webp', mediaType: 'image/webp', bytes: webp.length, inline: true },
        content: Readable.from([webp]),
      }
    }),
    route(api.addFloorPlan, async ({ body }, context) => {
      const actor = signedIn(context)
      return findPlan(context.platform, actor, await addPlan(context.platform, actor, body))
    }),
    route(api.changeFloorPlan, async ({ params: { planId }, body, ifMatch }, context) => {
      await changePlan(context.platform, signedIn(context), { planId, fields: body, revision: ifMatch })
      return editedPlan(context, planId)
    }),
    route(api.uploadFloorPlanPicture, async ({ params: { planId }, body }, context) => {
      const actor = signedIn(context)
      await findPlan(context.platform, actor, planId) // a stranger's file is not read
      await putPicture(context.platform, actor, planId, body)
      return findPlan(context.platform, actor, planId)
    }),
    route(api.removeFloorPlanPicture, async ({ params }, context) => {
      await takePictureAway(context.platform, signedIn(context), params.planId)
      return undefined
    }),
    route(api.removeFloorPlan, async ({ params }, context) => {
      await removePlan(context.platform, signedIn(context), params.planId)
      return undefined
    }),
    route(api.placeMachine, ({ params, body, ifMatch }, context) =>
      placeMachine(context.platform, signedIn(context), { ...params, place: body, revision: ifMatch }),
    ),
    route(api.takeMachineOff, ({ params, ifMatch }, context) =>
      takeMachineOff(context.platform, signedIn(context), { ...params, revision: ifMatch }),
    ),
  ],
  problems: floorPlanProblems,
  personal,
})

async function editedPlan(context: RequestContext, planId: string) {
  const value = await findPlan(context.platform, signedIn(context), planId)
  return { value, etag: String(value.revision) }
}
