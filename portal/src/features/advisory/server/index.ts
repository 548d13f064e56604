import { signedIn } from '#features/accounts/server'
import { openToAll } from '#features/devices/server'
import { type Platform, type RequestContext, type Route, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { noPackages, type PackageSource } from './advised-packages.ts'
import { deviceMaintenance } from './maintenance/device-maintenance.ts'
import { listMaintenance } from './maintenance/list-maintenance.ts'
import { changePlan, getPlan } from './maintenance/plan.ts'
import { recordMaintenance } from './maintenance/record-maintenance.ts'
import { remindOfMaintenance } from './maintenance/remind.ts'
import { personal } from './personal.ts'
import { serviceRoutes } from './service/routes.ts'
import { endWithOwnership, tellOfMessage, tellOfMove, tellServiceOfRequest } from './service/tell.ts'
import { type Open, type SignalSource, type SignalsFor, signalsFrom } from './signals.ts'

export { dueMaintenanceOf } from './maintenance/list-maintenance.ts'
export { changePlan, hasPlans, plannedTask } from './maintenance/plan.ts'
export { recordMaintenance } from './maintenance/record-maintenance.ts'
export { maintenanceDone } from './maintenance/records.ts'
export { changeRequest } from './service/desk-requests.ts'
export { requestService } from './service/request-service.ts'
export { doneServiceOf, serviceFacts, serviceRequestsOf } from './service/service-history.ts'
export type { SignalSource } from './signals.ts'

/**
 * What follows from how machines are: maintenance, service, advice.
 * sources: who says what machines show now. open: at which machines that is told to a reader as advice and as tasks that are due by condition,
 * and at which what was found. packages: what can be advised of what is sold
 */
export function advisory(
  sources: readonly SignalSource[],
  open: Open = { advice: openToAll, findings: openToAll },
  packages: PackageSource = noPackages,
): ServerFeature {
  const signalsOf = signalsFrom(sources, open)
  return {
    name: 'advisory',
    routes: [...maintenanceRoutes(signalsOf, open, packages), ...serviceRoutes],
    on: {
      'service.requested': [tellServiceOfRequest],
      'service.moved': [tellOfMove],
      'service.message-written': [tellOfMessage],
      'device.changed-hands': [endWithOwnership],
    },
    problems,
    topics: { service: { staff: 'service.read' } },
    jobs: { 'advisory.remind-of-maintenance': { handle: (_, { platform }) => remindOfMaintenance(platform, signalsOf) } },
    schedules: { 'advisory.remind-of-maintenance': '0 23 * * *' }, // in the morning in China
    personal,
  }
}

function maintenanceRoutes(signalsOf: SignalsFor, open: Open, packages: PackageSource): Route[] {
  const shown = async ({ platform, account }: RequestContext, deviceId: string) => ({
    ...(await deviceMaintenance(platform, { signalsOf: signalsOf(account), packages, account }, deviceId)),
    adviceOpen: (await open.advice(platform, account, [deviceId])).has(deviceId),
  })
  const record = async (input: { params: { deviceId: string }; body: api.DoneFields }, context: RequestContext) => {
    await recordMaintenance(context.platform, signedIn(context), input.params.deviceId, input.body)
    return shown(context, input.params.deviceId)
  }
  const plan = async (platform: Platform, typeId: string) => getPlan(platform, typeId, await packages.ofType(platform, typeId))
  return [
    route(api.getPlan, ({ params }, { platform }) => plan(platform, params.typeId)),
    route(api.changePlan, async ({ params, body, ifMatch }, { platform }) => {
      const sold = await packages.ofType(platform, params.typeId)
      await changePlan(platform, { ...params, revision: ifMatch, fields: body, packages: sold })
      return plan(platform, params.typeId)
    }),
    route(api.getMyMaintenance, ({ params }, context) => shown(context, params.deviceId)),
    route(api.recordMyMaintenance, record),
    route(api.listMyMaintenance, (_, { platform, account }) => listMaintenance(platform, signalsOf(account), account)),
    route(api.getMaintenance, ({ params }, context) => shown(context, params.deviceId)),
    route(api.recordMaintenance, record),
    route(api.listMaintenance, (_, { platform, account }) => listMaintenance(platform, signalsOf(account), account)),
  ]
}

const problems: NonNullable<ServerFeature['problems']> = {
  'service-moved': {
    status: 409,
    title: { 'zh-CN': '服务请求已变化', en: 'The request has moved on' },
    explanation: {
      'zh-CN': '服务请求按固定的步骤推进，已经开始或结束的不能撤回。请重新加载，查看现在的状态。',
      en: 'A request for service goes its way step by step; what has begun or ended is not taken back. Load it again to see how it stands.',
    },
  },
}
