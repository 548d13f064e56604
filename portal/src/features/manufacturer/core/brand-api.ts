import { z } from 'zod'
import { endpoint, fileBody, isColour } from '#platform/core'

/** What of the manufacturer's look is a picture: a wordmark in any shape, and a square mark for the browser's tab. */
export const brandPictures = ['logo', 'mark'] as const
export type BrandPictureName = (typeof brandPictures)[number]

/** Bytes of a file that may be uploaded for either. */
export const mostPictureBytes = 10_000_000

const picture = z.object({
  path: z.string(),
  /** px, of the picture as it is kept */
  width: z.number().int(),
  height: z.number().int(),
})

/** How pages look like the manufacturer's own. */
export const shownBrand = z.object({
  /** address of the style sheet with his colours; null: the portal's own */
  style: z.string().nullable(),
  logo: picture.nullable(),
  mark: picture.nullable(),
})
export type ShownBrand = z.output<typeof shownBrand>

const noColour = {
  message: { 'zh-CN': '这不是颜色值。', en: 'This is not a colour.' },
  remedy: { 'zh-CN': '请填写 # 加六位十六进制数，如 #005bac。', en: 'Give # and six hexadecimal digits, such as #005bac.' },
}

const colour = z.string().trim().max(20).toLowerCase().refine(isColour, { params: noColour })

const brand = z.object({
  /** #rrggbb of the one primary action and the current choice; null: the portal's own */
  signal: z.string().nullable(),
  logo: picture.nullable(),
  mark: picture.nullable(),
})

const access = { staff: 'manufacturer.manage' } as const
const params = z.object({ picture: z.enum(brandPictures) })

export const getBrand = endpoint({
  id: 'manufacturer.getBrand',
  method: 'GET',
  path: '/brand',
  summary: 'Colour, logo and mark of the portal, to be edited',
  access,
  concurrency: 'etag',
  result: brand,
})

export const saveBrand = endpoint({
  id: 'manufacturer.saveBrand',
  method: 'PUT',
  path: '/brand',
  summary:
    'Choose the one colour from which the others follow. A colour that cannot be read is refused with the nearest that can',
  access,
  concurrency: 'if-match',
  audit: 'brand.changed',
  body: z.object({ signal: colour.nullable() }),
  result: brand,
})

export const uploadBrandPicture = endpoint({
  id: 'manufacturer.uploadBrandPicture',
  method: 'POST',
  path: '/brand/pictures/{picture}',
  summary: 'Upload the logo or the square mark: PNG, JPEG or WebP. It is written anew and made to fit',
  access,
  params,
  transfers: 'upload',
  body: fileBody,
  bodyLimit: mostPictureBytes,
  limit: 'upload',
  audit: 'brand.changed',
  result: brand,
  problems: ['file-refused'],
})

export const removeBrandPicture = endpoint({
  id: 'manufacturer.removeBrandPicture',
  method: 'DELETE',
  path: '/brand/pictures/{picture}',
  summary: 'Take the logo or the mark away',
  access,
  params,
  audit: 'brand.changed',
})
