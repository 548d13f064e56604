import { listStaff } from '#features/accounts/server'
import type { OpenTo } from '#features/devices/server'
import { type Route, route } from '#platform/server'
import * as api from '../core/index.ts'
import { handleAlarm } from './handle-alarm.ts'
import { listAlarms } from './list-alarms.ts'
import { setMaintenance } from './maintenance.ts'
import { readPerformance } from './performance.ts'
import { cancelMaintenance, planMaintenance } from './planned-maintenance.ts'
import { readAlarm } from './read-alarm.ts'
import { readMaintenance } from './read-maintenance.ts'
import { findOwnRule, listRules, tagged } from './rules/read-rules.ts'
import { tryRule } from './rules/try-rule.ts'
import { changeRule, createRule, deleteRule, switchRule } from './rules/write-rules.ts'

/** openTo: at which machines a reader is told of alarms by what was found by other ways than rules */
export const alarmRoutes = (openTo: OpenTo): Route[] => [
  route(api.listAlarms, ({ query }, context) => listAlarms(context, query, openTo)),
  route(api.getAlarmPerformance, ({ query }, context) => readPerformance(context, query, openTo)),
  route(api.getAlarm, ({ params }, context) => readAlarm(context, params.alarmId, openTo)),
  route(api.handleAlarm, async ({ params, body }, context) => {
    await handleAlarm(context, params.alarmId, body, openTo)
    return readAlarm(context, params.alarmId, openTo)
  }),
  route(api.listHandlers, async (_, { platform }) => ({
    items: (await listStaff(platform, 'alarm.handle')).map(({ id, name }) => ({ id, name })),
  })),
  route(api.getMaintenance, ({ params }, context) => readMaintenance(context, params.deviceId)),
  route(api.setMaintenance, async ({ params, body }, context) => {
    await setMaintenance(context, params.deviceId, body.until)
    return readMaintenance(context, params.deviceId)
  }),
  route(api.planMaintenance, async ({ params, body }, context) => {
    await planMaintenance(context, params.deviceId, body)
    return readMaintenance(context, params.deviceId)
  }),
  route(api.cancelMaintenance, async ({ params }, context) => {
    await cancelMaintenance(context, params)
    return readMaintenance(context, params.deviceId)
  }),

  route(api.listAlarmRules, ({ query }, context) => listRules(context, query)),
  route(api.getAlarmRule, async ({ params }, context) => tagged(context, await findOwnRule(context, params.ruleId))),
  route(api.createAlarmRule, async ({ body }, context) => tagged(context, await createRule(context, body))),
  route(api.changeAlarmRule, async ({ params, body, ifMatch }, context) =>
    tagged(context, await changeRule(context, { ...params, revision: ifMatch, fields: body })),
  ),
  route(api.tryAlarmRule, ({ params, body }, context) => tryRule(context, { ...params, ...body })),
  route(api.switchAlarmRule, async ({ params, body, ifMatch }, context) =>
    tagged(context, await switchRule(context, { ...params, ...body, revision: ifMatch })),
  ),
  route(api.deleteAlarmRule, async ({ params }, context) => {
    await deleteRule(context, params.ruleId)
    return undefined
  }),
]
