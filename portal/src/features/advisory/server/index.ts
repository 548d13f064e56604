import { signedIn } from '#features/accounts/server'
import { type RequestContext, type Route, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { deviceMaintenance } from './maintenance/device-maintenance.ts'
import { listMaintenance } from './maintenance/list-maintenance.ts'
import { changePlan, getPlan } from './maintenance/plan.ts'
import { recordMaintenance } from './maintenance/record-maintenance.ts'
import { remindOfMaintenance } from './maintenance/remind.ts'
import { personal } from './personal.ts'
import { type SignalSource, signalsFrom } from './signals.ts'

export { changePlan, hasPlans } from './maintenance/plan.ts'
export { recordMaintenance } from './maintenance/record-maintenance.ts'
export type { SignalSource } from './signals.ts'

/** What follows from how machines are: maintenance, service, advice. sources: who says what machines show now */
export function advisory(sources: readonly SignalSource[]): ServerFeature {
  const signalsOf = signalsFrom(sources)
  return {
    name: 'advisory',
    routes: maintenanceRoutes(signalsOf),
    jobs: { 'advisory.remind-of-maintenance': { handle: (_, { platform }) => remindOfMaintenance(platform, signalsOf) } },
    schedules: { 'advisory.remind-of-maintenance': '0 23 * * *' }, // in the morning in China
    personal,
  }
}

function maintenanceRoutes(signalsOf: SignalSource): Route[] {
  const shown = ({ platform, account }: RequestContext, deviceId: string) =>
    deviceMaintenance(platform, signalsOf, account, deviceId)
  const record = async (input: { params: { deviceId: string }; body: api.DoneFields }, context: RequestContext) => {
    await recordMaintenance(context.platform, signedIn(context), input.params.deviceId, input.body)
    return shown(context, input.params.deviceId)
  }
  return [
    route(api.getPlan, ({ params }, { platform }) => getPlan(platform, params.typeId)),
    route(api.changePlan, async ({ params, body, ifMatch }, { platform }) => {
      await changePlan(platform, { ...params, revision: ifMatch, fields: body })
      return getPlan(platform, params.typeId)
    }),
    route(api.getMyMaintenance, ({ params }, context) => shown(context, params.deviceId)),
    route(api.recordMyMaintenance, record),
    route(api.listMyMaintenance, (_, { platform, account }) => listMaintenance(platform, signalsOf, account)),
    route(api.getMaintenance, ({ params }, context) => shown(context, params.deviceId)),
    route(api.recordMaintenance, record),
    route(api.listMaintenance, (_, { platform, account }) => listMaintenance(platform, signalsOf, account)),
  ]
}
