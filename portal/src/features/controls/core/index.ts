export {
  type Controls,
  changeMySettings,
  changeSettings,
  getControls,
  getMyControls,
  giveCommand,
  giveMyCommand,
  type Order,
  type PastControl,
  type SettingsChange,
  type ShownCommand,
  type ShownSetting,
} from './api.ts'
export {
  type CommandState,
  mayControl,
  mayFollow,
  type Party,
  type SettingsReport,
  type SettledWish,
  settle,
  settleBySparkplug,
  shortestNumber,
  type WishOutcome,
} from './control-rules.ts'
export { longestMessage, readAcknowledgement, readReport } from './machine-messages.ts'
