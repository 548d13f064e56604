import { z } from 'zod'
import { actorOf, configurationPart, Failure, type LocalizedFieldError, type Platform, receivePicture } from '#platform/server'
import {
  type BrandPictureName,
  brandPictures,
  filledIn,
  mostPictureBytes,
  saveBrand,
  saveProfile,
  saveSite,
} from '../core/index.ts'
import { boxes, changeSignal, demandReadable, findPicture, putPicture, readBrand, takePictureAway } from './brand.ts'
import { changeProfile, readProfile } from './profile.ts'
import { changeSite } from './site.ts'

const profile = configurationPart({
  name: 'profile',
  title: { 'zh-CN': '企业信息', en: 'Your company' },
  schema: saveProfile.body!.transform(filledIn),
  async read({ database }) {
    const { profile, revision } = await readProfile(database)
    return revision === 0 ? null : filledIn(profile)
  },
  async write(platform, profile) {
    const { revision } = await readProfile(platform.database, true)
    await changeProfile(platform, actorOf(platform), { profile, revision: String(revision) })
  },
})

const picture = z
  .base64()
  .max(Math.ceil((mostPictureBytes * 4) / 3))
  .nullable()

const brand = configurationPart({
  name: 'brand',
  title: { 'zh-CN': '外观', en: 'Look' },
  schema: z.object({ signal: saveBrand.body!.shape.signal, logo: picture, mark: picture }),
  async read({ database }) {
    const { brand, revision } = await readBrand(database)
    const content = async (which: BrandPictureName) => (await findPicture(database, which))?.toString('base64') ?? null
    return revision === 0 ? null : { signal: brand.signal, logo: await content('logo'), mark: await content('mark') }
  },
  async check(platform, value) {
    const faults = [await faultOf('/signal', async () => value.signal && demandReadable(value.signal))]
    for (const which of brandPictures)
      faults.push(
        await faultOf(`/${which}`, async () => value[which] && receivePicture(platform, file(which, value[which]), boxes[which])),
      )
    return faults.filter(fault => fault !== null)
  },
  async write(platform, value) {
    const { brand, revision } = await readBrand(platform.database, true)
    if (brand.signal !== value.signal)
      await changeSignal(platform, actorOf(platform), { signal: value.signal, revision: String(revision) })
    for (const which of brandPictures) await writePicture(platform, which, value[which])
  },
})

async function writePicture(platform: Platform, which: BrandPictureName, content: string | null): Promise<void> {
  const standing = await findPicture(platform.database, which)
  if ((standing?.toString('base64') ?? null) === content) return
  const actor = actorOf(platform)
  await (content === null ? takePictureAway(platform, actor, which) : putPicture(platform, actor, which, file(which, content)))
}

const file = (which: BrandPictureName, content: string) => ({
  name: `${which}.png`,
  content: new Blob([Buffer.from(content, 'base64')]).stream(),
})

/** What is wrong with a value of the file, at its own place there. */
async function faultOf(field: string, work: () => Promise<unknown>): Promise<LocalizedFieldError | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { detail, remedy, errors: [first] = [] } = error
    const told = first ?? { message: detail, ...(remedy ? { remedy } : {}) }
    return { ...told, field }
  }
}

const site = configurationPart({
  name: 'site',
  title: { 'zh-CN': '语言', en: 'Languages' },
  schema: saveSite.body!,
  async read({ languages }) {
    const standing = await languages.standing()
    return standing.revision === 0 ? null : { languages: [...standing.languages] }
  },
  async write(platform, { languages }) {
    const { revision } = await platform.languages.standing()
    await changeSite(platform, { languages, revision: String(revision) })
  },
})

export const configuration = [profile, brand, site]
