export {
  checkDeviceList,
  type DeviceList,
  type DeviceListDetail,
  getDeviceList,
  getListTemplate,
  handOutDeviceList,
  type ListCheck,
  type ListedMachine,
  type ListFinding,
  listDeviceLists,
  registerDeviceList,
  signInKinds,
} from './api.ts'
export { type ListVerdict, listVerdicts } from './judge-list.ts'
export { mostListBytes } from './list-form.ts'
