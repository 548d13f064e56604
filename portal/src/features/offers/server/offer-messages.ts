import { personNames } from '#features/accounts/server'
import { type Account, openFields, type Platform, sealFields } from '#platform/server'
import type { OfferMessage } from '../core/index.ts'
import type { OfferRow, VersionRow } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

interface NewMessage {
  offer: OfferRow
  version: VersionRow
  kind: OfferMessage['kind']
  /** null: the customer, by the name he typed */
  author: Account | null
  name?: string
  text: string
  proposedNet?: number | null
}

export async function addMessage(platform: Platform, message: NewMessage): Promise<void> {
  const { offer, version, kind, author, name = '', text, proposedNet = null } = message
  await platform.database
    .db<OfferTables>()
    .insertInto('offer_message')
    .values({
      id: platform.newId(),
      offer_id: offer.id,
      version: version.version,
      kind,
      author_id: author?.id ?? null,
      ...(await sealFields(platform.vault, 'offer_message', { name, text })),
      proposed_net: proposedNet,
      at: platform.now(),
    })
    .execute()
}

/** What was said about an offer, the first first. */
export async function messagesOf({ database, vault }: Platform, offerId: string): Promise<OfferMessage[]> {
  const rows = await database
    .db<OfferTables>()
    .selectFrom('offer_message')
    .selectAll()
    .where('offer_id', '=', offerId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const names = await personNames(
    database,
    rows.flatMap(row => row.author_id ?? []),
  )
  return Promise.all(
    rows.map(async row => {
      const { name, text } = await openFields(vault, 'offer_message', row, ['name', 'text'])
      return {
        id: row.id,
        kind: row.kind,
        version: row.version,
        name: row.author_id ? (names.get(row.author_id) ?? '') : name,
        text,
        proposedNet: row.proposed_net,
        at: row.at.toISOString(),
      }
    }),
  )
}
