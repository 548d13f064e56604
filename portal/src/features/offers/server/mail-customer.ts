import { leadForOffer } from '#features/sales/server'
import { formatDate, formatMoney, pathIn } from '#platform/core'
import { type Listener, mailLayout, type Platform, translate } from '#platform/server'
import { openRecipient } from './offer-content.ts'
import { renderOfferPdf } from './offer-pdf.ts'
import type { OfferRow, VersionRow } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

/** sent, accepted: with the PDF. */
type Occasion = 'sent' | 'accepted' | 'answered' | 'remind'

/** Mails the customer the link and the PDF of what was sent. */
export const mailOffer: Listener<'offer.sent'> = {
  name: 'offers.mail-offer',
  handle: ({ data }, platform) => mailCustomer(platform, data.versionId, 'sent'),
}

/** Confirms to the customer what he accepted. */
export const confirmAcceptance: Listener<'offer.accepted'> = {
  name: 'offers.confirm-acceptance',
  handle: ({ data }, platform) => mailCustomer(platform, data.versionId, 'accepted'),
}

/** Tells the customer that he was answered. */
export const mailAnswer: Listener<'offer.answered'> = {
  name: 'offers.mail-answer',
  handle: ({ data }, platform) => mailCustomer(platform, data.versionId, 'answered'),
}

/** In the language of the offer, to the address of the lead's contact; without one nothing is sent: sales hands the link on. */
export async function mailCustomer(platform: Platform, versionId: string, occasion: Occasion): Promise<void> {
  const found = await findVersion(platform, versionId)
  if (!found) return
  const { offer, version } = found
  const { email } = await leadForOffer(platform, offer.lead_id)
  if (!email) return
  const { language, number } = offer
  const say = (key: string, values = {}) => translate(language, `offers:mail.${occasion}.${key}`, { number, ...values })
  const fact = (key: string) => translate(language, `offers:page.${key}`)
  const { name } = await openRecipient(platform.vault, version.recipient)
  const { pdf, fileName } =
    occasion === 'sent' || occasion === 'accepted' ? await renderOfferPdf(platform, offer, version, language) : {}
  await platform.mail.send({
    to: email,
    ...mailLayout(language, {
      subject: say('subject'),
      greeting: translate(language, name ? 'offers:mail.greetingNamed' : 'offers:mail.greeting', { name }),
      paragraphs: [say('text')],
      facts: [
        {
          label: fact('number'),
          value: `${number} · ${translate(language, 'offers:page.version', { version: version.version })}`,
        },
        { label: fact('gross'), value: formatMoney(version.gross, offer.currency, language) },
        { label: fact('validUntil'), value: formatDate(`${version.valid_until}T00:00:00Z`, language, 'UTC') },
      ],
      action: {
        label: translate(language, 'offers:mail.open'),
        url: new URL(pathIn(language, `/offers/${version.token}`), platform.config.publicUrl).href,
      },
    }),
    ...(pdf ? { attachments: [{ filename: fileName!, contentType: 'application/pdf', content: pdf }] } : {}),
  })
}

/** null: it is not there any more */
export async function findVersion(
  { database }: Platform,
  versionId: string,
): Promise<{ offer: OfferRow; version: VersionRow } | null> {
  const db = database.db<OfferTables>()
  const version = await db.selectFrom('offer_version').selectAll().where('id', '=', versionId).executeTakeFirst()
  if (!version) return null
  const offer = await db.selectFrom('offer').selectAll().where('id', '=', version.offer_id).executeTakeFirstOrThrow()
  return { offer, version }
}
