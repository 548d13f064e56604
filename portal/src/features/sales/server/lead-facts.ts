import type { LocalizedText } from '#platform/core'
import type { Database, Platform } from '#platform/server'
import type { CallBackTime, Source } from '../core/index.ts'
import { type SalesReads, subjectNameIn } from './tables.ts'

/** What may be told of a lead outside of the portal: nothing of the person. */
export interface LeadFacts {
  number: number
  product: LocalizedText
  /** minor units; null: on request */
  net: number | null
  currency: string
  /** null: no call is wished for */
  callBack: CallBackTime | null
  /** of its page, below the language */
  path: string
}

/** null: there is no such lead */
export async function leadFacts({ database }: Platform, leadId: string): Promise<LeadFacts | null> {
  const row = await database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .leftJoin('model_version as v', 'v.id', 'c.model_version_id')
    .select(['l.id', 'l.number', 'l.net', 'l.currency', 'i.call_back', subjectNameIn('i', 'v')])
    .where('l.id', '=', leadId)
    .executeTakeFirst()
  if (!row) return null
  const { id, number, net, currency, call_back: callBack, product_name: product } = row
  return { number, product, net, currency, callBack, path: `/console/leads/${id}` }
}

/** Of which product a lead is, where its visitor came from, and when he asked. null: there is no such lead, or it is about no product */
export async function leadOrigin(
  database: Database,
  leadId: string,
): Promise<{ productId: string; source: Source; at: Date } | null> {
  const row = await database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .select(['l.product_id', 'i.source', 'l.created_at'])
    .where('l.id', '=', leadId)
    .executeTakeFirst()
  return row?.product_id ? { productId: row.product_id, source: row.source as Source, at: row.created_at } : null
}

/** What an inquiry asked for at first, at its price then. null: it has none, or is not there any more. net: minor units */
export async function inquiryWorth(
  database: Database,
  { inquiryId, configurationId }: { inquiryId: string; configurationId: string | null },
): Promise<{ productId: string; source: Source; currency: string; net: number } | null> {
  const row = await database
    .db<SalesReads>()
    .selectFrom(['inquiry as i', 'configuration as c'])
    .select(['c.product_id', 'c.net', 'c.currency', 'i.source'])
    .where('i.id', '=', inquiryId)
    .where('c.id', '=', configurationId)
    .executeTakeFirst()
  if (!row || row.net === null) return null
  return { productId: row.product_id, source: row.source as Source, currency: row.currency, net: row.net }
}
