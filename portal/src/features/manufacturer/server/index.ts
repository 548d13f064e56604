import { signedIn } from '#features/accounts/server'
import { notFound, type Platform, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { changeSignal, putPicture, readBrand, shownBrand, takePictureAway } from './brand.ts'
import { mountBrand } from './brand-route.ts'
import { configuration } from './configuration.ts'
import { mailLook } from './mail-look.ts'
import { personal } from './personal.ts'
import { changeProfile, readManufacturer, readProfile } from './profile.ts'
import { changeSite, siteToEdit } from './site.ts'

export { brandPalette, findPicture as findBrandPicture } from './brand.ts'
export { mailLook } from './mail-look.ts'
export { manufacturerChangedAt, manufacturersZone, readManufacturer, saveManufacturer } from './profile.ts'

/** The manufacturer's own profile. */
export const manufacturer: ServerFeature = {
  name: 'manufacturer',
  routes: [
    route(api.getManufacturer, async (_, { platform: { database } }) => {
      const { imprint, ...profile } = await readManufacturer(database)
      return { ...profile, hasImprint: api.isSaid(imprint), brand: await shownBrand(database) }
    }),
    route(api.getImprint, async (_, { platform: { database } }) => {
      const { imprint } = await readManufacturer(database)
      if (!api.isSaid(imprint)) throw notFound({ 'zh-CN': '网站声明', en: 'imprint' })
      return { imprint }
    }),
    route(api.getProfile, (_, { platform }) => edited(platform)),
    route(api.saveProfile, async ({ body, ifMatch }, context) => {
      await changeProfile(context.platform, signedIn(context), { profile: body, revision: ifMatch })
      return edited(context.platform)
    }),
    route(api.getSite, (_, { platform }) => siteToEdit(platform)),
    route(api.saveSite, async ({ body, ifMatch }, { platform }) => {
      await changeSite(platform, { ...body, revision: ifMatch })
      return siteToEdit(platform)
    }),
    route(api.getBrand, (_, { platform }) => brandToEdit(platform)),
    route(api.saveBrand, async ({ body, ifMatch }, context) => {
      await changeSignal(context.platform, signedIn(context), { ...body, revision: ifMatch })
      return brandToEdit(context.platform)
    }),
    route(api.uploadBrandPicture, async ({ params, body }, context) => {
      await putPicture(context.platform, signedIn(context), params.picture, body)
      return (await readBrand(context.platform.database)).brand
    }),
    route(api.removeBrandPicture, async ({ params }, context) => {
      await takePictureAway(context.platform, signedIn(context), params.picture)
      return undefined
    }),
  ],
  mount: mountBrand,
  mailLook,
  configuration,
  personal,
}

async function brandToEdit({ database }: Platform) {
  const { brand, revision } = await readBrand(database)
  return { value: brand, etag: String(revision) }
}

async function edited(platform: Platform) {
  const { profile, revision } = await readProfile(platform.database)
  const unnamed = revision === 0
  return { value: { profile: unnamed ? api.blankProfile : profile, unnamed }, etag: String(revision) }
}
