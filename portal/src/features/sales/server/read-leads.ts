import { type Selectable, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import { personNames } from '#features/accounts/server'
import { normalizePhone } from '#platform/core'
import { type Account, decodeCursor, emailDigest, encodeCursor, type Platform, phoneDigest } from '#platform/server'
import type { listLeads as contract, LeadSummary } from '../core/index.ts'
import { type SalesReads, subjectNameIn } from './tables.ts'

type LeadQuery = z.output<NonNullable<typeof contract.query>>
export type LeadFilters = Pick<LeadQuery, 'search' | 'status' | 'assignee' | 'product'>

/** One page of leads as the console's list shows them, with the number of all that match. */
export async function listLeads(platform: Platform, account: Account, query: LeadQuery) {
  const { database } = platform
  const { column, direction, kind } = sorts[query.sort]
  const after = query.cursor ? decodeCursor<{ key: string | number; id: string }>(query.cursor, { key: kind, id: 'uuid' }) : null
  const matching = matchingLeads(platform, account, query)
  const place = after && sql`(${kind === 'time' ? sql`${after.key}::timestamptz` : sql`${after.key}::bigint`}, ${after.id}::uuid)`
  const page = (
    place ? matching.where(sql<SqlBool>`(${column}, l.id) ${direction === 'asc' ? sql`>` : sql`<`} ${place}`) : matching
  )
    .selectAll()
    .orderBy(column, direction)
    .orderBy('l.id', direction)
    .limit(query.limit + 1)
  const [rows, { total }] = await Promise.all([
    // what is shown beside a lead is looked up for the page only
    database
      .db<SalesReads>()
      .selectFrom(page.as('l'))
      .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
      .leftJoin('model_version as v', 'v.id', 'c.model_version_id')
      .select(['l.id', 'l.number', 'l.status', 'l.assignee_id', 'l.net', 'l.currency', 'l.created_at', 'l.updated_at'])
      .select(['k.name', 'k.company_name', 'i.source', 'i.call_back', subjectNameIn('i', 'v')])
      .orderBy(column, direction)
      .orderBy('l.id', direction)
      .execute(),
    matching.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  const shown = rows.slice(0, query.limit)
  const names = await personNames(
    database,
    shown.flatMap(row => row.assignee_id ?? []),
  )
  const last = shown.at(-1)
  return {
    total,
    items: shown.map(
      (row): LeadSummary => ({
        id: row.id,
        number: row.number,
        status: row.status,
        productName: row.product_name,
        contactName: row.name,
        companyName: row.company_name,
        net: row.net,
        currency: row.currency,
        source: row.source,
        callBack: row.call_back,
        assignee: row.assignee_id ? { id: row.assignee_id, name: names.get(row.assignee_id) ?? '' } : null,
        createdAt: row.created_at.toISOString(),
        updatedAt: row.updated_at.toISOString(),
      }),
    ),
    nextCursor: rows.length > query.limit && last ? encodeCursor({ key: sorts[query.sort].keyOf(last), id: last.id }) : null,
  }
}

/** The leads that match, in their order, of all sorts of the list. */
export function sortedLeads(platform: Platform, account: Account, query: LeadFilters & Pick<LeadQuery, 'sort'>) {
  const { column, direction } = sorts[query.sort]
  return matchingLeads(platform, account, query).orderBy(column, direction).orderBy('l.id', direction)
}

/** How many match. */
export async function countLeads(platform: Platform, account: Account, query: LeadFilters): Promise<number> {
  const { total } = await matchingLeads(platform, account, query)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

const byCreation = { column: sql`l.created_at`, kind: 'time', keyOf: (lead: Sorted) => lead.created_at.toISOString() } as const
const byUpdate = { column: sql`l.updated_at`, kind: 'time', keyOf: (lead: Sorted) => lead.updated_at.toISOString() } as const
/** Leads without a price sort as if they cost nothing. */
const byNet = { column: sql`coalesce(l.net, 0)`, kind: 'number', keyOf: (lead: Sorted) => lead.net ?? 0 } as const
type Sorted = Pick<Selectable<SalesReads['lead']>, 'created_at' | 'updated_at' | 'net'>

const sorts = {
  '-createdAt': { ...byCreation, direction: 'desc' },
  createdAt: { ...byCreation, direction: 'asc' },
  '-updatedAt': { ...byUpdate, direction: 'desc' },
  updatedAt: { ...byUpdate, direction: 'asc' },
  '-net': { ...byNet, direction: 'desc' },
  net: { ...byNet, direction: 'asc' },
} as const

function matchingLeads({ database, vault }: Platform, account: Account, { search, status, assignee, product }: LeadFilters) {
  const db = database.db<SalesReads>()
  let query = db.selectFrom('lead as l')
  if (status?.length) query = query.where('l.status', 'in', status)
  if (assignee === 'none') query = query.where('l.assignee_id', 'is', null)
  else if (assignee) query = query.where('l.assignee_id', '=', assignee === 'me' ? account.id : assignee)
  if (product) query = query.where('l.product_id', '=', db.selectFrom('product').select('id').where('slug', '=', product))
  if (search) {
    const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    const phone = normalizePhone(search)
    const number = /^#?(\d{1,15})$/.exec(search)?.[1]
    query = query.where(eb =>
      eb.or([
        eb('l.search', 'like', containing(search)),
        eb('l.email_digest', '=', emailDigest(vault, search)),
        ...(phone ? [eb('l.phone_digest', '=', phoneDigest(vault, phone))] : []),
        ...(number ? [eb('l.number', '=', Number(number))] : []),
      ]),
    )
  }
  return query
}
