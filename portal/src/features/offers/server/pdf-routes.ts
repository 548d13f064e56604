import { Readable } from 'node:stream'
import type { FileAnswer, Language } from '#platform/core'
import type { Platform, ServerFeature } from '#platform/server'
import { renderOfferPdf } from './offer-pdf.ts'
import { findByToken, findOffer } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

/** GET /offers/{token}/offer.pdf and /en/offers/{token}/offer.pdf: a sent version for whoever has the link. */
export const mountOfferPdf: ServerFeature['mount'] = (app, platform) => {
  for (const [path, language] of [
    ['/offers/:token/offer.pdf', 'zh-CN'],
    ['/en/offers/:token/offer.pdf', 'en'],
  ] as const)
    app.get(path, async context => {
      await context.get('limit')('export')
      const { pdf, fileName } = await sharedPdf(platform, context.req.param('token'), language)
      return context.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="offer.pdf"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'cache-control': 'private, max-age=300',
        'x-robots-tag': 'noindex',
      })
    })
}

/** The PDF of a version that was sent; 404 for any other token. */
export async function sharedPdf(platform: Platform, token: string, language: Language) {
  const version = await findByToken(platform, token)
  const offer = await platform.database
    .db<OfferTables>()
    .selectFrom('offer')
    .selectAll()
    .where('id', '=', version.offer_id)
    .executeTakeFirstOrThrow()
  return renderOfferPdf(platform, offer, version, language)
}

/** The newest version, a draft too. language: that of the offer, unless given */
export async function previewPdf(platform: Platform, offerId: string, language?: Language): Promise<FileAnswer> {
  const { offer, version } = await findOffer(platform, offerId)
  const { pdf, fileName } = await renderOfferPdf(platform, offer, version, language ?? offer.language)
  return { name: fileName, mediaType: 'application/pdf', bytes: pdf.length, content: Readable.from([pdf]) }
}
