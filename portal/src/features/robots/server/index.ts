import { signedIn } from '#features/accounts/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { configuration } from './configuration.ts'
import { personal } from './personal.ts'
import { addRobot, changeRobot, describeRemoval, listRobots, removeRobot, viewOf } from './robots.ts'
import { tell, tellOfLead, tryRobot } from './tell.ts'
import { planAlarms, tellOfAlarm, writeAlarms } from './tell-of-alarms.ts'

/** Group chats that are told what happened. */
export const robots: ServerFeature = {
  name: 'robots',
  routes: [
    route(api.listRobots, async (_, { platform }) => ({ items: await listRobots(platform) })),
    route(api.addRobot, ({ body }, context) => addRobot(context.platform, signedIn(context), body)),
    route(api.changeRobot, ({ params, body, ifMatch }, context) =>
      changeRobot(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch }),
    ),
    route(api.tryRobot, async ({ params }, { platform }) => viewOf(await tryRobot(platform, params.robotId))),
    route(
      api.removeRobot,
      async ({ params }, context) => {
        await removeRobot(context.platform, signedIn(context), params.robotId)
        return undefined
      },
      ({ params }, { platform }) => describeRemoval(platform, params.robotId),
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
  on: { 'lead.opened': [tellOfLead], 'alarm.raised': [tellOfAlarm] },
  jobs: { 'robots.tell': tell, 'robots.plan-alarms': planAlarms, 'robots.write-alarms': writeAlarms },
  configuration,
  personal,
}
