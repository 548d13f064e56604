export {
  type ConfigurationDraft,
  draftSchema,
  getConfiguration,
  listMyConfigurations,
  type Sheet,
  saveConfiguration,
} from './api.ts'
export {
  begin,
  type Change,
  type Configuring,
  canRedo,
  canUndo,
  choose,
  chooseNone,
  outlook,
  priceDifference,
  redo,
  release,
  replace,
  reset,
  type Standing,
  type Step,
  standing,
  toggle,
  undo,
} from './configuring.ts'
export { decodeDecisions, encodeDecisions, longestLinkState } from './link.ts'
export { decisionText, type Reason, reasonOf } from './reason.ts'
export { sheetOf, sheetValidity } from './sheet.ts'
export { type ConfiguratorStep, shownGroups, stepsOf, visibleOptions } from './steps.ts'
export { texts } from './texts.ts'
export type {} from './events.ts'
