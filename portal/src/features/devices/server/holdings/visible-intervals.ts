import { permissionsBy } from '#features/accounts/core'
import type { Account, Platform } from '#platform/server'
import { type DeviceReader, type VisibleSpan, visibleTo } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'
import { readHoldings } from './read-holdings.ts'

/** A time of one machine that somebody may see. */
export interface VisibleInterval extends VisibleSpan {
  deviceId: string
}

/**
 * Which times of which machines an account may see what was reported in: the one question that history, alarms, live streams and exports ask
 * (`visibleTo` in core is the rule). Empty: nothing, for a machine that is not there as for one that is none of his. null: nobody signed in.
 * Ask again when `onDeviceRightsChanged` says so.
 */
export async function visibleIntervals(
  platform: Pick<Platform, 'database'>,
  account: Account | null,
  which: string | readonly string[] | 'all',
): Promise<VisibleInterval[]> {
  const reader = deviceReaderOf(account)
  return reader ? intervalsOf(platform, reader, which) : []
}

/** The same for whoever is of a company, for what the portal does of itself: mails, reports. */
export const intervalsOfCompany = (platform: Pick<Platform, 'database'>, companyId: string): Promise<VisibleInterval[]> =>
  intervalsOf(platform, { kind: 'company', companyId }, 'all')

/** Those in which the manufacturer may see what was reported, for what the portal tells in his name. */
export const intervalsOfManufacturer = (
  platform: Pick<Platform, 'database'>,
  deviceIds: readonly string[],
): Promise<VisibleInterval[]> => intervalsOf(platform, { kind: 'staff' }, deviceIds)

async function intervalsOf(
  { database }: Pick<Platform, 'database'>,
  reader: DeviceReader,
  which: string | readonly string[] | 'all',
): Promise<VisibleInterval[]> {
  const asked = which === 'all' ? null : [which].flat().filter(isId)
  if (asked?.length === 0) return []
  const db = database.db<DeviceTables>()
  let ids = db.selectFrom('device').select('id').orderBy('id')
  if (asked) ids = ids.where('id', 'in', asked)
  if (reader.kind === 'company')
    ids = ids.where('id', 'in', query =>
      query.selectFrom('device_ownership').select('device_id').where('company_id', '=', reader.companyId),
    )
  const listing = ids.execute()
  const held = asked ?? (reader.kind === 'company' ? (await listing).map(({ id }) => id) : undefined)
  const [devices, known] = await Promise.all([listing, readHoldings(database, held)])
  const holdings = Map.groupBy(known, ({ deviceId }) => deviceId)
  return devices.flatMap(({ id }) => visibleTo(reader, holdings.get(id) ?? []).map(span => ({ deviceId: id, ...span })))
}

/** As whom somebody reads; null: he may see no machine. By what he comes with: a key of narrow scope sees none. */
export function deviceReaderOf(account: Account | null): DeviceReader | null {
  if (!account) return null
  const rights = permissionsBy(account)
  if (rights.includes('device.read')) return { kind: 'staff' }
  if (account.companyId !== null && rights.includes('device.read-own')) return { kind: 'company', companyId: account.companyId }
  return null
}

const isId = (text: string): boolean => /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(text)
