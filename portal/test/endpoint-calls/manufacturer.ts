import { getBrand, getProfile, getSite } from '#features/manufacturer/core'
import { type Call, none } from './call.ts'

export const manufacturerCalls: Record<string, Call> = {
  'manufacturer.getManufacturer': none,
  'manufacturer.getProfile': none,
  'manufacturer.saveProfile': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getProfile, {})
      return { body: { ...value.profile, name: { 'zh-CN': '智造先锋', en: 'Zhizao Pioneer' } }, ifMatch: etag }
    },
  },
  // nobody has written an imprint here
  'manufacturer.getImprint': { call: () => ({}), answers: 404 },
  'manufacturer.getSite': none,
  'manufacturer.saveSite': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getSite, {})
      return { body: { languages: value.languages }, ifMatch: etag }
    },
  },
  'manufacturer.getBrand': none,
  'manufacturer.saveBrand': {
    async call(world) {
      const { etag } = await (await world.api('admin')).callWithEtag(getBrand, {})
      return { body: { signal: null }, ifMatch: etag }
    },
  },
  // a file that is no picture gets as far as being looked at
  'manufacturer.uploadBrandPicture': { call: () => ({ params: { picture: 'logo' }, file: '%PDF-1.7' }), answers: 422 },
  'manufacturer.removeBrandPicture': { call: () => ({ params: { picture: 'mark' } }) },
}
