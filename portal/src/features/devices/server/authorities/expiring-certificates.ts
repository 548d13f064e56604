import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { ExpiringCertificate } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** Days before its end from which somebody is warned. */
const warnDays = 60
const most = 200

/** Machines whose last credential is a certificate that ends soon, or ended in the last weeks: they cannot report after that. The first to end first. */
export async function expiringCertificates({ database, now }: Platform): Promise<ExpiringCertificate[]> {
  const at = now()
  const day = (days: number) => new Date(at.getTime() + days * 86_400_000)
  const { rows } = await sql<{ id: string; serial: string; model: string; ends: Date }>`
    select d.id, d.serial, d.model, c.ends
    from (
      select device_id, max(coalesce(expires_at, 'infinity')) as ends from device_credential
      where revoked_at is null group by device_id
    ) c join device d on d.id = c.device_id
    where c.ends > ${day(-30)} and c.ends < ${day(warnDays)}
    order by c.ends limit ${most}`.execute(database.db<DeviceTables>())
  return rows.map(({ id, serial, model, ends }) => ({
    ...{ deviceId: id, serial, model, expiresAt: ends.toISOString(), expired: ends <= at },
  }))
}
