import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import { staffNames } from '#features/accounts/server'
import { normalizePhone } from '#platform/core'
import { type Account, type Database, decodeCursor, encodeCursor } from '#platform/server'
import type { listLeads as contract, LeadSummary } from '../core/index.ts'
import type { SalesReads } from './tables.ts'

export type LeadQuery = z.output<NonNullable<typeof contract.query>>

/** One page of leads as the console's list shows them, with the number of all that match. */
export async function listLeads(database: Database, account: Account, query: LeadQuery) {
  const { column, direction } = sorts[query.sort]
  const after = query.cursor
    ? decodeCursor<{ key: string | null; id: string }>(query.cursor, { key: 'string?', id: 'uuid' })
    : null
  const matching = matchingLeads(database, account, query)
  const page = matching
    .select(['l.id', 'l.number', 'l.status', 'l.assignee_id', 'l.net', 'l.currency', 'l.created_at', 'l.updated_at'])
    .select(['k.name', 'k.company_name', 'i.source', sql<{ 'zh-CN': string; en: string }>`v.model -> 'name'`.as('product_name')])
    .select(sql<string>`${column}::text`.as('sort_key'))
    .orderBy(column, direction)
    .orderBy('l.id', direction)
    .limit(query.limit + 1)
  const [rows, { total }] = await Promise.all([
    (after
      ? page.where(
          sql<SqlBool>`(${column}, l.id) ${direction === 'asc' ? sql`>` : sql`<`} (${castKey(query.sort, after.key)}, ${after.id}::uuid)`,
        )
      : page
    ).execute(),
    matching.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  const shown = rows.slice(0, query.limit)
  const names = await staffNames(
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
        assignee: row.assignee_id ? { id: row.assignee_id, name: names.get(row.assignee_id) ?? '' } : null,
        createdAt: row.created_at.toISOString(),
        updatedAt: row.updated_at.toISOString(),
      }),
    ),
    nextCursor: rows.length > query.limit && last ? encodeCursor({ key: last.sort_key, id: last.id }) : null,
  }
}

/** Leads without a price sort as if they cost nothing. */
const sorts = {
  '-createdAt': { column: sql`l.created_at`, direction: 'desc' },
  createdAt: { column: sql`l.created_at`, direction: 'asc' },
  '-updatedAt': { column: sql`l.updated_at`, direction: 'desc' },
  updatedAt: { column: sql`l.updated_at`, direction: 'asc' },
  '-net': { column: sql`coalesce(l.net, 0)`, direction: 'desc' },
  net: { column: sql`coalesce(l.net, 0)`, direction: 'asc' },
} as const

const castKey = (sort: LeadQuery['sort'], key: string | null) =>
  sort.endsWith('net') ? sql`${key}::bigint` : sql`${key}::timestamptz`

function matchingLeads(database: Database, account: Account, { search, status, assignee, product }: LeadQuery) {
  let query = database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .innerJoin('configuration as c', 'c.id', 'i.configuration_id')
    .innerJoin('product as p', 'p.id', 'c.product_id')
    .innerJoin('model_version as v', 'v.id', 'c.model_version_id')
  if (status?.length) query = query.where('l.status', 'in', status)
  if (assignee === 'none') query = query.where('l.assignee_id', 'is', null)
  else if (assignee) query = query.where('l.assignee_id', '=', assignee === 'me' ? account.id : assignee)
  if (product) query = query.where('p.slug', '=', product)
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    const number = /^#?(\d{1,15})$/.exec(search)?.[1]
    query = query.where(eb =>
      eb.or([
        eb('k.name', 'ilike', like),
        eb('k.company_name', 'ilike', like),
        eb('k.email', 'ilike', like),
        eb('k.phone', 'like', normalizePhone(search) ?? like),
        ...(number ? [eb('l.number', '=', Number(number))] : []),
      ]),
    )
  }
  return query
}
