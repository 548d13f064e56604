export { type DeviceView, listDevicesOf, listMyDevices } from './api.ts'
