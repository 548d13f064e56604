import { type Account, decodeCursor, emailDigest, encodeCursor, type Platform } from '#platform/server'
import type { OfferStatus, OfferSummary, OwnOffer } from '../core/index.ts'
import { openContent, openRecipient } from './offer-content.ts'
import { statusAt } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

interface ListQuery {
  search?: string | undefined
  status?: OfferStatus[] | undefined
  lead?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Offers by their newest version, the last changed first. */
export async function listOffers({ database, vault, now }: Platform, { search, status, lead, cursor, limit }: ListQuery) {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  let query = database
    .db<OfferTables>()
    .selectFrom('offer as o')
    .innerJoin('offer_version as v', 'v.offer_id', 'o.id')
    .select(['o.id', 'o.number', 'o.lead_id', 'o.currency', 'o.updated_at'])
    .select(['v.recipient', 'v.version', 'v.status', 'v.expires_at', 'v.net', 'v.valid_until'])
    .where('v.version', '=', eb =>
      eb
        .selectFrom('offer_version as n')
        .select(({ fn }) => fn.max('n.version').as('newest'))
        .whereRef('n.offer_id', '=', 'o.id'),
    )
    .orderBy('o.updated_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(limit + 1)
  if (status?.length) query = query.where('v.status', 'in', status)
  if (lead) query = query.where('o.lead_id', '=', lead)
  if (search) {
    const literal = search.toLowerCase().replace(/[\\%_]/g, '\\$&')
    query = query.where(eb => eb.or([eb('o.search', 'like', `%${literal}%`), eb('o.number', 'ilike', `${literal}%`)]))
  }
  if (after) query = query.where(eb => eb(eb.refTuple('o.updated_at', 'o.id'), '<', eb.tuple(new Date(after.at), after.id)))
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const items = await Promise.all(
    page.map(
      async (row): Promise<OfferSummary> => ({
        id: row.id,
        number: row.number,
        version: row.version,
        status: statusAt(row, now()),
        leadId: row.lead_id,
        recipient: await openRecipient(vault, row.recipient),
        net: row.net,
        currency: row.currency,
        validUntil: row.valid_until,
        updatedAt: row.updated_at.toISOString(),
      }),
    ),
  )
  const last = page.at(-1)
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.updated_at.toISOString(), id: last.id }) : null,
  }
}

/** What the account and its company were offered, as `isOwn` of read-shared-offer.ts tells: of each offer the newest version that was sent, the newest offer first. */
export async function listMyOffers(
  { database, vault, now }: Platform,
  account: Account,
  { cursor, limit }: Pick<ListQuery, 'cursor' | 'limit'>,
) {
  const before = cursor ? decodeCursor<{ id: string }>(cursor, { id: 'uuid' }) : null
  let query = database
    .db<OfferTables>()
    .selectFrom('offer as o')
    .innerJoin('offer_version as v', 'v.offer_id', 'o.id')
    .select(['o.id', 'o.number', 'o.currency'])
    .select(['v.token', 'v.version', 'v.status', 'v.expires_at', 'v.sent_at', 'v.net', 'v.gross', 'v.valid_until', 'v.content'])
    .where(eb =>
      eb.or([
        eb('o.company_id', '=', account.companyId),
        ...(account.emailVerified
          ? [eb.and([eb('o.company_id', 'is', null), eb('o.email_digest', '=', emailDigest(vault, account.email))])]
          : []),
      ]),
    )
    .where('v.version', '=', eb =>
      eb
        .selectFrom('offer_version as n')
        .select(({ fn }) => fn.max('n.version').as('newest'))
        .whereRef('n.offer_id', '=', 'o.id')
        .where('n.sent_at', 'is not', null),
    )
    .orderBy('o.id', 'desc') // ids are time-ordered
    .limit(limit + 1)
  if (before) query = query.where('o.id', '<', before.id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const items = await Promise.all(
    page.map(
      async (row): Promise<OwnOffer> => ({
        id: row.id,
        token: row.token,
        number: row.number,
        version: row.version,
        status: statusAt(row, now()),
        about: (await openContent(vault, row.content)).lines[0]?.name ?? '',
        net: row.net,
        gross: row.gross,
        currency: row.currency,
        validUntil: row.valid_until,
        sentAt: row.sent_at!.toISOString(),
      }),
    ),
  )
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null }
}
