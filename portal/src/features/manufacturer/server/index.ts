import { signedIn } from '#features/accounts/server'
import { type Platform, route, type ServerFeature } from '#platform/server'
import { blankProfile, getManufacturer, getProfile, saveProfile } from '../core/index.ts'
import { personal } from './personal.ts'
import { changeProfile, readManufacturer, readProfile } from './profile.ts'

export { readManufacturer, saveManufacturer } from './profile.ts'

/** The manufacturer's own profile. */
export const manufacturer: ServerFeature = {
  name: 'manufacturer',
  routes: [
    route(getManufacturer, (_, { platform }) => readManufacturer(platform.database)),
    route(getProfile, (_, { platform }) => edited(platform)),
    route(saveProfile, async ({ body, ifMatch }, context) => {
      await changeProfile(context.platform, signedIn(context), { profile: body, revision: ifMatch })
      return edited(context.platform)
    }),
  ],
  personal,
}

async function edited(platform: Platform) {
  const { profile, revision } = await readProfile(platform.database)
  const unnamed = revision === 0
  return { value: { profile: unnamed ? blankProfile : profile, unnamed }, etag: String(revision) }
}
