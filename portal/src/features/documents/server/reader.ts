import { sql } from 'kysely'
import { type HeldDevice, heldDevices } from '#features/devices/server'
import { dayIn } from '#features/figures/core'
import { readManufacturer } from '#features/manufacturer/server'
import type { Platform, RequestContext } from '#platform/server'
import { type Audience, productsOfModel } from '../core/index.ts'
import { readPlates } from './nameplates.ts'

/** As whom somebody asks for documents. */
export type Reader =
  | { kind: 'stranger' }
  | { kind: 'staff' }
  | { kind: 'customer'; personId: string; companyId: string | null; machines: readonly OwnMachine[] }

/** A machine towards which the reader's company has a role, with the products it belongs to. */
interface OwnMachine extends HeldDevice {
  products: readonly string[]
}

/** Whoever comes by an API key that has no right to documents is a stranger, whosever it is. */
export async function readerOf({
  platform,
  account,
  may,
}: Pick<RequestContext, 'platform' | 'account' | 'may'>): Promise<Reader> {
  if (may('document.read')) return { kind: 'staff' }
  if (account?.kind !== 'customer' || !may('document.read-own')) return { kind: 'stranger' }
  const { id: personId, companyId } = account
  return { kind: 'customer', personId, companyId, machines: companyId === null ? [] : await machinesOf(platform, companyId) }
}

async function machinesOf({ database }: Platform, companyId: string): Promise<OwnMachine[]> {
  const devices = await heldDevices(database, companyId)
  if (devices.length === 0) return []
  const plates = await readPlates(database)
  const products = new Map([...new Set(devices.map(({ modelKey }) => modelKey))].map(key => [key, productsOfModel(key, plates)]))
  return devices.map(device => ({ ...device, products: products.get(device.modelKey)! }))
}

/** The day it is where the manufacturer is. */
export async function todayOf({ database, now }: Platform): Promise<string> {
  const { timeZone } = await readManufacturer(database)
  return dayIn(now(), timeZone)
}

/**
 * Whether a document may be known to the reader: the one rule that lists, pages and files ask by. For queries of `document`, named `d`.
 * today: `todayOf`
 */
export function mayKnow(reader: Reader, today: string) {
  const offered = sql`d.withdrawn_at is null and (d.valid_from is null or d.valid_from <= ${today}::date)`
  if (reader.kind === 'staff') return sql<boolean>`(${offered})`
  if (reader.kind === 'stranger') return sql<boolean>`(${offered} and d.audience in ('everybody', 'signed-in'))`
  const { companyId, machines } = reader
  const belongsTo = (some: readonly OwnMachine[]) => {
    const devices = some.map(({ id }) => id)
    const products = [...new Set(some.flatMap(machine => machine.products))]
    return sql`(
      d.all_products and ${devices.length > 0}
      or exists (select from document_product p where p.document_id = d.id and p.product_id = any(${products}::uuid[]))
      or exists (select from document_device m where m.document_id = d.id and m.device_id = any(${devices}::uuid[])))`
  }
  return sql<boolean>`(${offered} and (
    d.audience in ('everybody', 'signed-in')
    or d.audience = 'companies'
      and exists (select from document_company c where c.document_id = d.id and c.company_id = ${companyId}::uuid)
    or d.audience = 'owners' and ${belongsTo(machines.filter(({ owned }) => owned))}
    or d.audience = 'holders' and ${belongsTo(machines)}))`
}

/** Whether he knows of it, and has it only after signing in. */
export const isLocked = (reader: Reader, audience: Audience): boolean => reader.kind === 'stranger' && audience !== 'everybody'
