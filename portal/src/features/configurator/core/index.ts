export {
  type ConfigurationDraft,
  draftSchema,
  getConfiguration,
  listMyConfigurations,
  type Sheet,
  saveConfiguration,
} from './api.ts'
export { breakdownOf, type PricePart } from './breakdown.ts'
export { type Change, changesBetween } from './changes.ts'
export {
  begin,
  type Configuring,
  canRedo,
  canUndo,
  choose,
  chooseNone,
  ownDecision,
  redo,
  release,
  replace,
  reset,
  type Step,
  toggle,
  undo,
} from './configuring.ts'
export type {} from './events.ts'
export { decodeDecisions, encodeDecisions, longestLinkState } from './link.ts'
export { nearestPossible } from './nearest.ts'
export { lastDifference, outlook, priceDifference, type Standing, standing, type WayTo, waysTo, whyNot } from './outlook.ts'
export { decisionText, listed, type Reason, reasonOf, reasonSentence, withBoundUnits } from './reason.ts'
export { sheetOf, sheetValidity } from './sheet.ts'
export { type ConfiguratorStep, type Place, shownPlaces, stepsOf, stepWith, visibleOptions } from './steps.ts'
export { texts } from './texts.ts'
