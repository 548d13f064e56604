import type { Platform } from '#platform/server'
import { openEntry } from './lead-entries.ts'
import type { SalesTables } from './tables.ts'

export interface LastReturned {
  at: Date
  note: string
  /** token of the configuration it took the place of */
  from: string
}

/** When sales last returned a configuration to whoever sent the inquiry, and with which words; null: never. */
export async function lastReturned({ database, vault }: Platform, inquiryId: string): Promise<LastReturned | null> {
  const row = await database
    .db<SalesTables>()
    .selectFrom('lead_entry as e')
    .innerJoin('lead as l', 'l.id', 'e.lead_id')
    .select(['e.data', 'e.at'])
    .where('l.inquiry_id', '=', inquiryId)
    .where('e.kind', '=', 'configured')
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { note, from } = await openEntry(vault, row.data)
  return { at: row.at, note: String(note ?? ''), from: String(from ?? '') }
}
