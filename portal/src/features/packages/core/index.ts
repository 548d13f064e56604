import './events.ts'

export {
  beginOf,
  type EntitlementKind,
  type EntitlementStatus,
  isInForce,
  mayEnd,
  monthsLater,
  noticeDue,
  statusOf,
} from './entitlement.ts'
export {
  type Ending,
  type EntitlementStage,
  endEntitlement,
  entitlementStages,
  getMyOffering,
  getMyProofs,
  grantEntitlement,
  type ListedEntitlement,
  listEntitlements,
  mostMachines,
  type Offer,
  type Offering,
  type Proof,
  requestMyPackage,
  type Standing,
  startMyTrial,
  withdrawMyRequest,
} from './entitlement-api.ts'
export { type Held, isOpen } from './opened.ts'
export {
  changePackage,
  createPackage,
  getPackage,
  listPackages,
  listPackageTypes,
  type PackageFields,
  type Price,
  packageFields,
  type ServicePackage,
} from './package-api.ts'
export { type Right, rights } from './right.ts'
