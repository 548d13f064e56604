export { getManufacturer, type ManufacturerProfile, manufacturerProfile, unnamedManufacturer } from './profile.ts'
