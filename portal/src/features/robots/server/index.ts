import { signedIn } from '#features/accounts/server'
import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { configuration } from './configuration.ts'
import { personal } from './personal.ts'
import { addRobot, changeRobot, describeAdding, describeRemoval, listRobots, ownerOf, removeRobot, viewOf } from './robots.ts'
import { tell, tellOfLead, tryRobot } from './tell.ts'
import { planAlarms, tellOfAlarm, writeAlarms } from './tell-of-alarms.ts'

/** Group chats that are told what happened. openTo: at which machines a company is told what was found by other ways than rules */
export const robots = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'robots',
  routes: [
    route(api.listRobots, async (_, context) => ({ items: await listRobots(context.platform, ownerOf(signedIn(context))) })),
    route(
      api.addRobot,
      ({ body }, context) => addRobot(context.platform, signedIn(context), body),
      async ({ body }, context) => describeAdding(context.platform, signedIn(context), body),
    ),
    route(api.changeRobot, ({ params, body, ifMatch }, context) =>
      changeRobot(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch }),
    ),
    route(api.tryRobot, async ({ params }, context) =>
      viewOf(await tryRobot(context.platform, signedIn(context), params.robotId)),
    ),
    route(
      api.removeRobot,
      async ({ params }, context) => {
        await removeRobot(context.platform, signedIn(context), params.robotId)
        return undefined
      },
      ({ params }, context) => describeRemoval(context.platform, signedIn(context), params.robotId),
    ),
  ],
  problems: {
    'too-many-robots': {
      status: 409,
      title: { 'zh-CN': '群机器人过多', en: 'Too many robots' },
      explanation: {
        'zh-CN': '每条新线索会写入每个群，因此数量有限。请先删除一个。',
        en: 'Each new lead is written into every chat, so there is a limit. Remove one first.',
      },
    },
  },
  on: { 'lead.opened': [tellOfLead], 'alarm.raised': [tellOfAlarm(openTo)] },
  jobs: { 'robots.tell': tell, 'robots.plan-alarms': planAlarms(openTo), 'robots.write-alarms': writeAlarms(openTo) },
  configuration,
  personal,
})
