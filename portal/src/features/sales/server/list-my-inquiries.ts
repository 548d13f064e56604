import { personNames } from '#features/accounts/server'
import { pricesToldTo } from '#features/products/core'
import { readerOf, visibilityOfProduct } from '#features/products/server'
import { type Account, type Database, decodeCursor, encodeCursor } from '#platform/server'
import type { OwnInquiry } from '../core/index.ts'
import { visitorStatus } from './read-inquiry.ts'
import { type SalesReads, subjectNameIn } from './tables.ts'

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** What people of the account's company asked for while they were signed in, newest first. */
export async function listMyInquiries(database: Database, account: Account, { cursor, limit }: ListQuery) {
  const before = cursor ? decodeCursor<{ id: string }>(cursor, { id: 'uuid' }) : null
  let query = database
    .db<SalesReads>()
    .selectFrom('contact as k')
    .innerJoin('inquiry as i', 'i.contact_id', 'k.id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .leftJoin('model_version as v', 'v.id', 'c.model_version_id')
    .leftJoin('product as p', 'p.id', 'c.product_id')
    .leftJoin('lead as l', 'l.inquiry_id', 'i.id')
    .select([
      'i.id',
      'i.token',
      'i.created_at',
      'i.subject',
      'k.account_id',
      'c.net',
      'c.currency',
      'l.status',
      subjectNameIn('i', 'v'),
    ])
    .select(visibilityOfProduct.as('visibility'))
    .where('k.company_id', '=', account.companyId)
    .orderBy('i.id', 'desc') // ids are time-ordered
    .limit(limit + 1)
  if (before) query = query.where('i.id', '<', before.id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const names = await personNames(
    database,
    page.flatMap(row => row.account_id ?? []),
  )
  const items = page.map((row): OwnInquiry => {
    const prices = pricesToldTo(readerOf(account), row.visibility)
    return {
      token: row.token,
      productName: row.product_name,
      createdAt: row.created_at.toISOString(),
      status: visitorStatus(row.status),
      net: row.subject ? row.subject.net : prices === 'shown' ? row.net : null,
      currency: row.subject?.currency ?? row.currency ?? '',
      sentBy: { id: row.account_id ?? '', name: names.get(row.account_id ?? '') ?? '' },
    }
  })
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null }
}
