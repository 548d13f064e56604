import type { Platform } from '#platform/server'
import { mailCustomer } from './mail-customer.ts'
import { factsOf, lockOffer, moveVersion, touchOffer, versionsOf } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

/** Each run; the next takes the rest. */
const most = 200

/** Marks what can no longer be accepted, and tells sales by the event. */
export async function expireOffers(platform: Platform): Promise<void> {
  const now = platform.now()
  const due = await platform.database
    .db<OfferTables>()
    .selectFrom('offer_version')
    .select(['id', 'offer_id'])
    .where('status', 'in', ['sent', 'countered'])
    .where('expires_at', '<=', now)
    .orderBy('offer_id')
    .limit(most)
    .execute()
  for (const { id, offer_id } of due)
    await platform.database.transaction(async () => {
      const { offer } = await lockOffer(platform, offer_id)
      const version = (await versionsOf(platform, offer_id)).find(row => row.id === id)
      if (version?.status !== 'sent' && version?.status !== 'countered') return // accepted or withdrawn meanwhile
      await moveVersion(platform, version, 'expired')
      await touchOffer(platform, offer_id)
      await platform.record('offer.expired', factsOf(offer, version))
    })
}

/** Reminds customers of offers that will end soon, once each, in a transaction with the mark. */
export async function remindCustomers(platform: Platform): Promise<void> {
  const now = platform.now()
  const db = platform.database.db<OfferTables>()
  const due = await db
    .selectFrom('offer_version')
    .select('id')
    .where('status', 'in', ['sent', 'countered'])
    .where('remind_at', '<=', now)
    .where('expires_at', '>', now)
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id } of due) {
    await mailCustomer(platform, id, 'remind')
    await db.updateTable('offer_version').set({ remind_at: null }).where('id', '=', id).execute()
  }
}
