import { signedIn } from '#features/accounts/server'
import { type RequestContext, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { endOfOwner, endOfRole } from './end-wishes.ts'
import { describeCommand, giveOrder } from './give-command.ts'
import { greetMachines, hearMachines } from './hear-machine.ts'
import { personal } from './personal.ts'
import { readControls } from './read-controls.ts'
import { describeSettings, wantSettings } from './want-settings.ts'

export { askedDuring } from './asked-during.ts'
export { hearNodes } from './hear-node.ts'

type Asked<Body> = { params: { deviceId: string }; body: Body }

const read = ({ params }: { params: { deviceId: string } }, { platform, account }: RequestContext) =>
  readControls(platform, account, params.deviceId)

async function change(input: Asked<api.SettingsChange>, context: RequestContext) {
  await wantSettings(context.platform, signedIn(context), input.params.deviceId, input.body)
  return read(input, context)
}

async function order(input: Asked<api.Order>, context: RequestContext) {
  await giveOrder(context.platform, signedIn(context), input.params.deviceId, input.body)
  return read(input, context)
}

const confirmChange = ({ params, body }: Asked<api.SettingsChange>, context: RequestContext) =>
  describeSettings(context.platform, signedIn(context), params.deviceId, body)
const confirmOrder = ({ params, body }: Asked<api.Order>, context: RequestContext) =>
  describeCommand(context.platform, signedIn(context), params.deviceId, body)

/** What machines are set to and told from afar: wanted, reported, answered. */
export const controls: ServerFeature = {
  name: 'controls',
  routes: [
    route(api.getMyControls, read),
    route(api.changeMySettings, change, confirmChange),
    route(api.giveMyCommand, order, confirmOrder),
    route(api.getControls, read),
    route(api.changeSettings, change, confirmChange),
    route(api.giveCommand, order, confirmOrder),
  ],
  on: { 'device.changed-hands': [endOfOwner], 'device.role-changed': [endOfRole] },
  broker: { receive: hearMachines, notice: greetMachines },
  personal,
}
