import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import { admitByCompany } from '../authorities/company-authority.ts'
import type { DeviceTables } from '../tables.ts'
import { plainFingerprint, tokenDigest } from './add-credential.ts'

/** A machine that has shown that it is itself. */
export interface DeviceIdentity {
  deviceId: string
  /** null: it has no type, so nothing says what it measures */
  typeId: string | null
  credentialId: string
  /** when what it showed holds no more; null: until it is revoked */
  validUntil: Date | null
}

type Shown =
  | { deviceId: string; token: string }
  /** certificate: DER; without it only certificates that are known already are believed */
  | { deviceId?: string; certificateFingerprint: string; certificate?: Uint8Array }

/** Its last use is written at most so often. */
const notedEveryMs = 60_000

/**
 * Who a machine is by what it shows; null where that does not hold, whatever the reason. certificateFingerprint: SHA-256, of a certificate
 * whose key the caller has seen proven (TLS); deviceId beside it: whom it says it is, which must agree.
 */
export async function authenticateDevice(
  { database, now }: Pick<Platform, 'database' | 'now'>,
  shown: Shown,
): Promise<DeviceIdentity | null> {
  const byToken = 'token' in shown
  const digest = byToken ? tokenDigest(shown.token) : plainFingerprint(shown.certificateFingerprint)
  if (!digest) return null
  const db = database.db<DeviceTables>()
  const at = now()
  // found by a hash of 256 bits: how long it takes tells nothing of any token
  const known = () =>
    db
      .selectFrom('device_credential as c')
      .innerJoin('device as d', 'd.id', 'c.device_id')
      .select(['c.id', 'c.device_id', 'c.expires_at', 'c.last_used_at', 'd.type_id'])
      .where('c.digest', '=', digest)
      .where('c.kind', '=', byToken ? 'token' : 'certificate')
      .where('c.revoked_at', 'is', null)
      .executeTakeFirst()
  let row = await known()
  if (!row && 'certificate' in shown && shown.certificate && shown.deviceId) {
    const admitted = await admitByCompany({ database, now }, { deviceId: shown.deviceId, digest, certificate: shown.certificate })
    if (admitted) row = await known()
  }
  if (!row || (shown.deviceId !== undefined && row.device_id !== shown.deviceId)) return null
  if (row.expires_at && row.expires_at <= at) return null
  if (!row.last_used_at || at.getTime() - row.last_used_at.getTime() >= notedEveryMs)
    await db.updateTable('device_credential').set({ last_used_at: at }).where('id', '=', row.id).execute()
  return { deviceId: row.device_id, typeId: row.type_id, credentialId: row.id, validUntil: row.expires_at }
}

/** Which of these credentials still hold: neither revoked nor over. */
export async function credentialsHolding(
  { database, now }: Pick<Platform, 'database' | 'now'>,
  credentialIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select('id')
    .where('id', '=', sql<string>`any(${credentialIds}::uuid[])`)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
