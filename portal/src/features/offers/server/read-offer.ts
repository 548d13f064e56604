import { personNames } from '#features/accounts/server'
import { leadForOffer } from '#features/sales/server'
import { type Account, notFound, openFields, type Platform } from '#platform/server'
import { discountLimitOf, mayFollow, type OfferDetail } from '../core/index.ts'
import { openContent, openRecipient } from './offer-content.ts'
import { messagesOf } from './offer-messages.ts'
import { statusAt, type VersionRow, versionsOf } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

/** An offer as sales works on it. reader: whose discount limit is told */
export async function readOffer(platform: Platform, reader: Account, offerId: string): Promise<OfferDetail> {
  const { database, vault } = platform
  const offer = await database.db<OfferTables>().selectFrom('offer').selectAll().where('id', '=', offerId).executeTakeFirst()
  if (!offer) throw notFound({ 'zh-CN': '报价', en: 'offer' })
  const versions = await versionsOf(platform, offerId)
  const newest = versions[0]!
  const lead = await leadForOffer(platform, offer.lead_id)
  const now = platform.now()
  return {
    id: offer.id,
    number: offer.number,
    language: offer.language,
    currency: offer.currency,
    revision: offer.revision,
    lead: { id: lead.leadId, number: lead.number },
    contact: { email: lead.email ?? '', phone: lead.phone ?? '' },
    recipient: await openRecipient(vault, newest.recipient),
    version: newest.version,
    status: statusAt(newest, now),
    content: await openContent(vault, newest.content),
    discountLimit: discountLimitOf(reader.roles),
    mayFollow: mayFollow(newest.status) && versions.every(({ status }) => status !== 'accepted'),
    history: await historyOf(platform, versions, now),
    messages: await messagesOf(platform, offerId),
  }
}

async function historyOf(platform: Platform, versions: readonly VersionRow[], now: Date): Promise<OfferDetail['history']> {
  const names = await personNames(
    platform.database,
    versions.flatMap(({ sent_by }) => sent_by ?? []),
  )
  return Promise.all(
    versions.map(async row => ({
      version: row.version,
      status: statusAt(row, now),
      net: row.net,
      gross: row.gross,
      path: row.sent_at ? `/offers/${row.token}` : null,
      sentAt: row.sent_at?.toISOString() ?? null,
      sentBy: row.sent_by ? (names.get(row.sent_by) ?? '') : null,
      acceptance: row.status === 'accepted' ? await acceptanceOf(platform, row.id) : null,
    })),
  )
}

/** Who accepted a version, and to which text he agreed. */
export async function acceptanceOf({ database, vault }: Platform, versionId: string): Promise<Acceptance | null> {
  const row = await database
    .db<OfferTables>()
    .selectFrom('offer_acceptance')
    .select(['name', 'at', 'agreement_version', 'account_id'])
    .where('version_id', '=', versionId)
    .executeTakeFirst()
  if (!row) return null
  const { name, at, agreement_version, account_id } = await openFields(vault, 'offer_acceptance', row, ['name'])
  const names = await personNames(database, account_id ? [account_id] : [])
  return {
    name,
    account: account_id ? (names.get(account_id) ?? null) : null,
    at: at.toISOString(),
    agreementVersion: agreement_version,
  }
}

type Acceptance = NonNullable<OfferDetail['history'][number]['acceptance']>
