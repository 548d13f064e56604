export {
  formatBytes,
  formatDate,
  formatDay,
  formatExactTime,
  formatLargeNumber,
  formatMoney,
  formatMoneyDifference,
  formatNumber,
  formatTime,
  formatUnit,
  minorDigits,
} from './amounts.ts'
export { type AttackModeName, type AttackSign, attackModes, attackSigns } from './attack-mode.ts'
export { type Answer, type Api, createApi, fillPath, type Send } from './client.ts'
export {
  type Access,
  type AnyEndpoint,
  type CallInput,
  type CallResult,
  type Endpoint,
  embedPath,
  endpoint,
  openToKeys,
  type Page,
} from './contract.ts'
export { normalizeEmail } from './email.ts'
export type { DomainEvent, EventName, EventTypes } from './event.ts'
export { type EventStream, eventStream } from './event-stream.ts'
export { explainIssue, type IssueText } from './explain-issue.ts'
export {
  acceptedExtensions,
  acceptedNames,
  type FileKind,
  fileKinds,
  isPictureKind,
  type PictureKind,
} from './file-kinds.ts'
export { safeFileName } from './file-name.ts'
export {
  type FileAnswer,
  type FileFacts,
  fileAnswer,
  fileBody,
  fileFacts,
  type IncomingFile,
  type OutgoingFile,
  type SpreadsheetFormat,
  spreadsheetFormats,
} from './files.ts'
export {
  defaultLanguage,
  defaultTimeZone,
  inBothLanguages,
  inLanguage,
  isLanguage,
  isTimeZone,
  type Language,
  type LocalizedText,
  languages,
  negotiateLanguage,
  notATimeZone,
} from './language.ts'
export { barePath, languageOfPath, pathIn } from './language-path.ts'
export { type MailSecurity, type MailTrialStage, mailPorts, mailSecurities, mailTrialStages } from './mail-server.ts'
export { offeredLanguages, otherLanguage, provideLanguages } from './offered-languages.ts'
export { normalizePhone } from './phone.ts'
export { type TextBlock, textBlocks } from './plain-text.ts'
export { type FieldError, type Problem, ProblemError } from './problem.ts'
export { type FeatureRefusal, featureRefusals, type WireRefusal, wireRefusals } from './refusals.ts'
export { isColour, paletteWith, readableSignal, type SignalColours, signalColours } from './signal-colours.ts'
export { isStorable } from './storable.ts'
export {
  chartColours,
  type DeviceState,
  dark,
  deviceStates,
  light,
  type Palette,
  palettes,
  radius,
  type Scheme,
  space,
  typeScale,
} from './tokens.ts'
export { type LanguageTexts, provideTexts, type TextTree, type TextValues, translate } from './translate.ts'
export { type CellValue, columnName, type WorkbookSheet } from './workbook.ts'
