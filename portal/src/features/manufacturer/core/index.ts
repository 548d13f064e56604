export { getImprint, getManufacturer, getProfile, saveProfile } from './api.ts'
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
export { icpRegister, policingRegister } from './filings.ts'
export {
  blankProfile,
  filledIn,
  fromKept,
  isSaid,
  type ManufacturerProfile,
  manufacturerProfile,
  mostFacts,
  mostImprint,
  mostLines,
  profileToSave,
  unnamedManufacturer,
} from './profile.ts'
export { getSite, saveSite } from './site-api.ts'
