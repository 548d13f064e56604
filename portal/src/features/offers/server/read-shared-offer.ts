import { type Account, emailDigest, type Platform, type Vault } from '#platform/server'
import { type OwnOfferDetail, type SharedOffer, shownContent } from '../core/index.ts'
import { openContent, openRecipient } from './offer-content.ts'
import { messagesOf } from './offer-messages.ts'
import { findByToken, findOffer, noSuchOffer, type OfferRow, statusAt, type VersionRow, versionsOf } from './offer-rows.ts'
import { acceptanceOf } from './read-offer.ts'

/** An offer for whoever has its link; 404 for any other token. reader: whoever is signed in */
export async function readShared(platform: Platform, token: string, reader: Account | null): Promise<SharedOffer> {
  const version = await findByToken(platform, token)
  const { offer } = await findOffer(platform, version.offer_id)
  return present(platform, { offer, version, versions: await versionsOf(platform, offer.id) }, reader)
}

/** The same in the account of whom it was made for. version: the newest that was sent, unless given. 404 for strangers, drafts and unknown versions. */
export async function readMine(
  platform: Platform,
  reader: Account,
  { offerId, version }: { offerId: string; version?: number | undefined },
): Promise<OwnOfferDetail> {
  const { offer } = await findOffer(platform, offerId)
  if (!isOwn(offer, reader, platform.vault)) throw noSuchOffer()
  const versions = await versionsOf(platform, offerId)
  const sent = versions.filter(row => row.sent_at !== null)
  const shown = version === undefined ? sent[0] : sent.find(row => row.version === version)
  if (!shown) throw noSuchOffer()
  const now = platform.now()
  return {
    id: offer.id,
    ...(await present(platform, { offer, version: shown, versions }, reader)),
    versions: sent.map(row => ({
      version: row.version,
      status: statusAt(row, now),
      gross: row.gross,
      sentAt: row.sent_at!.toISOString(),
    })),
  }
}

/**
 * Whose an offer is: that of the company whose contact asked, and of nobody else. Who asked without signing in belongs to none then:
 * the offer is of the account that has confirmed his address since.
 */
function isOwn(offer: OfferRow, reader: Account, vault: Vault): boolean {
  if (reader.kind !== 'customer') return false
  if (offer.company_id !== null) return offer.company_id === reader.companyId
  return reader.emailVerified && offer.email_digest === emailDigest(vault, reader.email)
}

interface Shown {
  offer: OfferRow
  version: VersionRow
  /** all there are, the newest first */
  versions: readonly VersionRow[]
}

async function present(platform: Platform, { offer, version, versions }: Shown, reader: Account | null): Promise<SharedOffer> {
  const { vault } = platform
  const newer = versions.find(row => row.version > version.version && row.sent_at !== null)
  const { remindDays: _, ...content } = shownContent(await openContent(vault, version.content))
  const acceptance = version.status === 'accepted' ? await acceptanceOf(platform, version.id) : null
  return {
    token: version.token,
    number: offer.number,
    version: version.version,
    status: statusAt(version, platform.now()),
    language: offer.language,
    currency: offer.currency,
    recipient: await openRecipient(vault, version.recipient),
    sentAt: version.sent_at!.toISOString(),
    ...content,
    acceptance: acceptance && { name: acceptance.name, at: acceptance.at },
    newerToken: newer?.token ?? null,
    messages: await messagesOf(platform, offer.id),
    own: reader && isOwn(offer, reader, vault) ? { offerId: offer.id, name: reader.name } : null,
  }
}
