import type { DeviceMessage, Platform, ServerFeature } from '#platform/server'
import { renewCertificates } from './authorities/renew-certificate.ts'
import { trustedAuthorities } from './authorities/trusted-authorities.ts'
import { deviceRoutes } from './device-routes.ts'
import type { SpokenUntil } from './holdings/hand-over.ts'
import { personal } from './personal.ts'
import { deviceProblems } from './problems.ts'
import { hearNameplates } from './revisions/hear-nameplates.ts'
import { typeRoutes } from './type-routes.ts'

/** Machines that were sold: what they are, whose they are and who sees what they report, and by what they sign in. */
export const devices = (spokenUntil: SpokenUntil): ServerFeature => ({
  name: 'devices',
  routes: [...typeRoutes, ...deviceRoutes(spokenUntil)],
  problems: deviceProblems,
  broker: { authorities: trustedAuthorities, receive },
  topics: { devices: { staff: 'device.read' } },
  personal,
})

async function receive(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  await renewCertificates(messages, platform)
  await hearNameplates(messages, platform)
}

export { certificatesEnding, type EndingCertificate } from './authorities/expiring-certificates.ts'
export { demandAuthority } from './authorities/own-authority.ts'
export { writePkcs12 } from './authorities/write-pkcs12.ts'
export { labelSheets } from './claims/label-drawing.ts'
export { countInUse } from './count-in-use.ts'
export { addDeviceToken } from './credentials/add-credential.ts'
export { authenticateDevice, credentialsHolding, type DeviceIdentity } from './credentials/authenticate-device.ts'
export { type Equipment, equipDevices } from './credentials/equip-devices.ts'
export { demandVisible } from './holdings/demand-visible.ts'
export { machinesByCompany, ownedSince } from './holdings/read-holdings.ts'
export {
  intervalsOfCompany,
  intervalsOfManufacturer,
  type VisibleInterval,
  visibleIntervals,
} from './holdings/visible-intervals.ts'
export { type Seeing, whoSees } from './holdings/who-sees.ts'
export { withinPresent } from './holdings/within-present.ts'
export { machinesToWatch, type WatchedMachine } from './machines-to-watch.ts'
export { type OpenTo, openToAll } from './open-to.ts'
export { findDevices, type KnownDevice, noSuchDevice } from './read-devices.ts'
export {
  devicesById,
  devicesBySerial,
  type HeldDevice,
  heldDevices,
  modelsInRegister,
  type NamedDevice,
  type TypedDevice,
  typedDevices,
} from './recognise-devices.ts'
export { replaceComponent, replacementsOf } from './replacements.ts'
export { hearNodeProperties } from './revisions/hear-nameplates.ts'
export { updatesDuring } from './revisions/read-revisions.ts'
export { onDeviceRightsChanged } from './tell.ts'
export { componentsOfDevices } from './types/components-of-devices.ts'
export { controlsOfDevices, type DeviceControls } from './types/controls-of-devices.ts'
export { metricOfDevice, metricsOfDevices } from './types/metrics-of-devices.ts'
export { type ComponentInMachine, componentsInMachines, partsOfTypes, type TypeParts } from './types/parts-of-types.ts'
export { getDeviceType, hasDeviceTypes, typesByKey } from './types/read-types.ts'
export { createDeviceType } from './types/write-types.ts'
export { createDevice } from './write-device.ts'
export {
  fillDevices,
  haveOtherDevices,
  importedDevicesInUse,
  type NewDevice,
  removeImportedDevices,
  writeDevices,
} from './write-devices.ts'
