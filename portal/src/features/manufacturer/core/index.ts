export { getManufacturer, getProfile, saveProfile } from './api.ts'
export type {} from './events.ts'
export {
  blankProfile,
  filledIn,
  isSaid,
  type ManufacturerProfile,
  manufacturerProfile,
  mostFacts,
  mostLines,
  profileToSave,
  unnamedManufacturer,
} from './profile.ts'
