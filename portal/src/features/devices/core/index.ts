export { type DeviceView, listDevicesOf, listMyDevices } from './api.ts'
export { plainKey } from './plain-key.ts'
