export { type Act, perform } from './acts.ts'
export {
  type ConfigurationDraft,
  draftSchema,
  getConfiguration,
  getVersionEffect,
  listMyConfigurations,
  openConfigurator,
  openPreview,
  type Sheet,
  saveConfiguration,
  type VersionEffect,
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
export type { Answered, Asked } from './engine-session.ts'
export type {} from './events.ts'
export { expected } from './expected.ts'
export { firstGlance } from './first-glance.ts'
export { type Former, goneFrom, type Nearest } from './former.ts'
export { decodeDecisions, encodeDecisions, longestLinkState } from './link.ts'
export { nearestPossible } from './nearest.ts'
export { type Misfit, type Opening, open } from './opening.ts'
export { type Outline, type OutlineData, outlineOf, readOutline } from './outline.ts'
export { lastDifference, outlook, priceDifference, type Standing, standing, type WayTo, waysTo, whyNot } from './outlook.ts'
export type { Prospect } from './prospect.ts'
export { decisionText, type Indexed, listed, type Reason, reasonOf, reasonSentence, withBoundUnits } from './reason.ts'
export { sheetOf, sheetValidity } from './sheet.ts'
export { type ConfiguratorStep, type Place, shownPlaces, stepsOf, stepWith, visibleOptions } from './steps.ts'
export { texts } from './texts.ts'
export { decisionIn, standingIn, type View, viewOf } from './view.ts'
