export {
  type FleetMember,
  type FleetPage,
  type FleetWish,
  fleetChoice,
  fleetMember,
  fleetPage,
  getFleet,
  getMyFleet,
  getMyStanding,
  getStanding,
  type Standing,
  type StateFilter,
  stateFilters,
} from './api.ts'
export {
  type AlarmSeverity,
  type Contact,
  contactOf,
  type DeviceState,
  deviceStates,
  rankOf,
  stateOf,
} from './device-state.ts'
