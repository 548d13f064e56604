import { sql } from 'kysely'
import { companyNames } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import type { LocalizedText } from '#platform/core'
import type { Database, Platform } from '#platform/server'
import type { CredentialView, DeviceComponent, DeviceDetail } from '../core/index.ts'
import { openCodes } from './claims/codes.ts'
import { ownerAmong, readHoldings } from './holdings/read-holdings.ts'
import { noSuchDevice, type Plate, platesOf } from './read-devices.ts'
import { reportedTo } from './revisions/read-revisions.ts'
import type { DeviceTables } from './tables.ts'
import { componentsOf } from './types/read-types.ts'

/** A machine for staff. 404 where there is none. */
export async function getDevice(platform: Platform, deviceId: string): Promise<DeviceDetail> {
  const { database } = platform
  const [plate] = await platesOf(platform, [deviceId])
  if (!plate) throw noSuchDevice()
  const holdings = await readHoldings(database, [deviceId])
  const [components, maker, reported, credentials, codes] = await Promise.all([
    agesOf(database, plate),
    makerOf(database, plate),
    reportedTo(platform, deviceId, { kind: 'staff' }, holdings),
    credentialsOf(platform, deviceId),
    openCodes(platform, deviceId),
  ])
  const names = await companyNames(database, [
    ...holdings.map(({ companyId }) => companyId),
    ...credentials.flatMap(({ companyId }) => companyId ?? []),
  ])
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  const owner = ownerAmong(holdings)
  const withheld = (whom: 'manufacturer' | 'service-partner') =>
    owner?.withheld.find(time => time.whom === whom && time.until === null)?.from?.toISOString() ?? null
  const label = codes.find(code => code.company_id === null)
  const used = credentials.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).toSorted()
  return {
    ...plate,
    manufacturerName: maker,
    reported,
    components,
    owner: owner ? named(owner.companyId) : null,
    holdings: holdings
      .map(({ id, companyId, role, from, until }) => ({
        ...{ id, role, company: named(companyId) },
        ...{ from: from?.toISOString() ?? null, until: until?.toISOString() ?? null },
      }))
      .toReversed(),
    withheldSince: withheld('manufacturer'),
    partnersWithheldSince: withheld('service-partner'),
    claimCode: label ? { issuedAt: label.issued_at.toISOString(), expiresAt: label.expires_at?.toISOString() ?? null } : null,
    credentials: credentials.map(({ companyId, ...credential }) => ({
      ...credential,
      company: companyId ? named(companyId) : null,
    })),
    lastSeenAt: used.at(-1) ?? null,
  }
}

/** Who made a machine: as its nameplate says, or the company whose portal this is. */
export const makerOf = async (database: Database, { manufacturer }: Plate): Promise<LocalizedText> =>
  manufacturer ? { 'zh-CN': manufacturer, en: manufacturer } : (await readManufacturer(database)).name

/** The components of a machine, each as old as the machine unless it was replaced. */
export async function agesOf(database: Database, { id, type, deliveredOn }: Plate): Promise<DeviceComponent[]> {
  if (!type) return []
  const [components, replaced] = await Promise.all([
    componentsOf(database, type.id),
    database
      .db<DeviceTables>()
      .selectFrom('device_component')
      .select(['key', sql<string>`installed_on::text`.as('on')])
      .where('device_id', '=', id)
      .execute(),
  ])
  const days = new Map(replaced.map(({ key, on }) => [key, on]))
  return components.map(component => ({
    ...component,
    since: days.get(component.key) ?? deliveredOn,
    replaced: days.has(component.key),
  }))
}

/** Newest first; of those that hold no more, the last fifty. */
async function credentialsOf(
  { database, now }: Platform,
  deviceId: string,
): Promise<(Omit<CredentialView, 'company'> & { companyId: string | null })[]> {
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .selectAll()
    .where('device_id', '=', deviceId)
    .orderBy(sql`revoked_at is not null`)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map(row => ({
    ...{ id: row.id, kind: row.kind, label: row.label, companyId: row.company_id, fingerprint: row.digest.slice(0, 12) },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    valid: row.revoked_at === null && (row.expires_at === null || row.expires_at > now()),
  }))
}
