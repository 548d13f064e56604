export {
  type AuthorityView,
  addMyToken,
  beginDeviceAuthority,
  type CompanyAuthority,
  type ExpiringCertificate,
  endMyAuthority,
  getDeviceAuthority,
  getRevocations,
  type IssuedCertificate,
  issueCertificate,
  listMyCredentials,
  nameMyAuthority,
  type OwnCredential,
  type OwnCredentials,
  revokeMyCredential,
  type WantedCertificate,
} from './authority-api.ts'

import './events.ts'

export { type DeviceView, listDevicesOf } from './api.ts'
export { type AsBuilt, getMyAsBuilt } from './as-built-api.ts'
export { claimCodeBytes, plainClaimCode, writeClaimCode } from './claim-code.ts'
export { monthsBetween, nearEnd, spentLife } from './component-age.ts'
export {
  type Command,
  type Controller,
  type ControlValue,
  controllers,
  type Parameter,
  refusalOf,
  type Setting,
  type ValueRefusal,
} from './control.ts'
export {
  type Component,
  type KeptMetric,
  type Metric,
  type MetricTells,
  metricTells,
  settleMetrics,
  typeLimits,
} from './device-type.ts'
export {
  type DeviceReader,
  type DeviceRole,
  deviceRoles,
  type Holding,
  isVisible,
  type Span,
  type VisibleSpan,
  visibleTo,
  type Withheld,
} from './holding.ts'
export { type Identification, identificationLengths, isUri } from './identification.ts'
export {
  addCredential,
  type CredentialView,
  changeDevice,
  createDevice,
  type DeviceComponent,
  type DeviceDetail,
  type DeviceFields,
  deleteDevice,
  endRole,
  getDevice,
  getLabel,
  grantRole,
  type HoldingView,
  type IssuedClaimCode,
  issueClaimCode,
  type ListedDevice,
  listDevices,
  revokeCredential,
  transferDevice,
  withdrawClaimCode,
} from './manage-api.ts'
export { closestPattern, matchesPattern, patternKey } from './nameplate-pattern.ts'
export {
  claimDevice,
  endMyRole,
  getMyDevice,
  issueMyCode,
  listMyDevices,
  type OfferedDevice,
  type Onlooker,
  type OwnDevice,
  type OwnDeviceDetail,
  readClaim,
  setSharing,
  withdrawMyCode,
} from './own-api.ts'
export { plainKey } from './plain-key.ts'
export {
  listMyReplacements,
  listReplacements,
  type Replacement,
  type ReplacementFields,
  type ReplacementReason,
  replaceComponent,
  replacementFields,
  replacementReasons,
} from './replacement-api.ts'
export {
  longestNameplate,
  propertyKeys,
  type ReportedRevisions,
  type Revisions,
  type RevisionWord,
  readNameplate,
  revisionFor,
  revisionsAmong,
  revisionWords,
} from './reported-revision.ts'
export {
  changeDeviceType,
  createDeviceType,
  type DeviceTypeDetail,
  type DeviceTypeFields,
  type DeviceTypeSummary,
  deleteDeviceType,
  getDeviceType,
  listDeviceTypes,
} from './type-api.ts'
