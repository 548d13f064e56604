export { getManufacturer, getProfile, saveProfile } from './api.ts'
export {
  type BrandPictureName,
  brandPictures,
  getBrand,
  mostPictureBytes,
  removeBrandPicture,
  type ShownBrand,
  saveBrand,
  uploadBrandPicture,
} from './brand-api.ts'
export { styleOf } from './brand-style.ts'
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
