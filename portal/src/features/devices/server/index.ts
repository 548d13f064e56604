import { signedIn } from '#features/accounts/server'
import { notFound, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { personal } from './personal.ts'
import { devicesOf } from './read-devices.ts'

/** Machines that were sold, and whose they are. */
export const devices: ServerFeature = {
  name: 'devices',
  routes: [
    route(api.listDevicesOf, ({ params, query }, { platform }) => devicesOf(platform, params.companyId, query)),
    route(api.listMyDevices, ({ query }, context) => {
      const { companyId } = signedIn(context)
      if (companyId === null) throw notFound({ 'zh-CN': '公司', en: 'company' })
      return devicesOf(context.platform, companyId, query)
    }),
  ],
  personal,
}

export { findDevices, type KnownDevice } from './read-devices.ts'
export { devicesById, devicesBySerial, modelsInRegister, type NamedDevice, ownedDevices } from './recognise-devices.ts'
export {
  fillDevices,
  haveOtherDevices,
  type NewDevice,
  removeImportedDevices,
  writeDevices,
} from './write-devices.ts'
