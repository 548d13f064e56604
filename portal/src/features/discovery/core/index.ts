export {
  addRootFile,
  type Discovery,
  getDiscovery,
  getDiscoveryHead,
  type PushView,
  pushAllPages,
  removeRootFile,
  saveDiscovery,
  signForWechat,
  tryWechat,
} from './api.ts'
export { type Card, readCard } from './card.ts'
export { type Codes, type EngineId, engineIds, engines, readCode } from './engines.ts'
export {
  type Channel,
  channels,
  indexNowHosts,
  mostAddresses,
  type Outcome,
  type PushReason,
  readBaiduToken,
  type Told,
} from './push.ts'
export {
  faultOfRootFile,
  isRootFilePath,
  mostFileContent,
  mostRootFiles,
  type RootFileFault,
  typeOfRootFile,
} from './root-file.ts'
