import type { Language } from '#platform/core'
import { flattenPicture, type MailLook, type Platform } from '#platform/server'
import { findPicture, readBrand } from './brand.ts'
import { readProfile } from './profile.ts'

/** px in which the logo is shown; it is sent in twice as many for sharp screens. */
const box = { width: 200, height: 48 }

/** The logo as mails carry it; made once for a picture, since it is sent with every one. */
let made: { path: string; logo: MailLook['logo'] } | undefined

/** How mails look like the manufacturer's: name, colour, logo. */
export async function mailLook({ database }: Platform, language: Language): Promise<MailLook> {
  const [{ profile, revision }, { brand }] = await Promise.all([readProfile(database), readBrand(database)])
  const name = revision === 0 ? '' : profile.name[language]
  if (!brand.logo) return { name, signal: brand.signal, logo: null }
  if (made?.path !== brand.logo.path) {
    const picture = await findPicture(database, 'logo')
    made = { path: brand.logo.path, logo: picture && (await logoFor(picture)) }
  }
  return { name, signal: brand.signal, logo: made.logo }
}

async function logoFor(picture: Buffer): Promise<NonNullable<MailLook['logo']>> {
  const { png, width, height } = await flattenPicture(picture, { width: box.width * 2, height: box.height * 2 })
  return { png, width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
}
