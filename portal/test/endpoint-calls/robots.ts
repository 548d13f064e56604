import { addRobot, listRobots } from '#features/robots/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const robotsCalls: Record<string, Call> = {
  'robots.listRobots': none,
  'robots.addRobot': { call: () => ({ body: aRobot }) },
  'robots.changeRobot': {
    async call(world) {
      const { id, revision } = await newRobot(world)
      return { params: { robotId: id }, body: { active: false }, ifMatch: `"${revision}"` }
    },
  },
  'robots.tryRobot': { call: async world => ({ params: { robotId: (await newRobot(world)).id } }) },
  'robots.removeRobot': { call: async world => ({ params: { robotId: (await newRobot(world)).id } }) },
}

const aRobot = {
  kind: 'wecom',
  name: 'Sales',
  address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000',
} as const

/** The one there is, or the first: their number is limited. */
async function newRobot(world: World) {
  const admin = await world.api('admin')
  const { items } = await admin.call(listRobots, {})
  return items[0] ?? admin.call(addRobot, { body: aRobot })
}
