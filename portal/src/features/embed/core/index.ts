export {
  getShown,
  getShownHistory,
  getShownMarks,
  getShownOutlook,
  getShownSpectra,
  getShownVibration,
  listShown,
  listShownAlarms,
  makeToken,
  type ShownMachine,
  watchShown,
} from './api.ts'
export { isOrigin, mostMachines, tokenMinutes } from './token.ts'
