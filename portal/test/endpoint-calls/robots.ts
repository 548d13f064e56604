import { addRobot, listRobots, type RobotView } from '#features/robots/core'
import { confirmingApi } from '../confirming.ts'
import type { World } from '../two-companies.ts'
import { type Call, type Caller, none } from './call.ts'

/** Staff look after the manufacturer's, whoever else after that of the company `own`. */
const isOfHouse = ({ scopes }: Caller) => scopes.includes('robot.manage')
const ofOne = (call: (robot: RobotView) => object): Call => ({
  call: async (world, caller) => {
    const robot = await theRobot(world, caller)
    return { params: { robotId: robot.id }, ...call(robot) }
  },
  rows: 'company',
})

const aRobot = {
  kind: 'wecom',
  name: 'Sales',
  address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000',
} as const

export const robotsCalls: Record<string, Call> = {
  'robots.listRobots': none,
  'robots.addRobot': { call: () => ({ body: aRobot }) },
  'robots.changeRobot': ofOne(({ revision }) => ({ body: { active: false }, ifMatch: `"${revision}"` })),
  'robots.tryRobot': ofOne(() => ({})),
  'robots.removeRobot': ofOne(() => ({})),
}

/** The one there is, or the first: their number is limited. */
async function theRobot(world: World, caller: Caller): Promise<RobotView> {
  const api = confirmingApi(world, isOfHouse(caller) ? 'admin' : world.own.admin.visitor)
  const { items } = await api.call(listRobots, {})
  return items[0] ?? api.call(addRobot, { body: aRobot })
}
