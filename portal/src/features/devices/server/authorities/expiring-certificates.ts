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

/** A machine's last credential, or an authority, that ends. */
export interface EndingCertificate {
  /** of the credential or authority */
  id: string
  /** whose: a machine with its owner, or an authority of a company's or the manufacturer's */
  of: { kind: 'device'; deviceId: string; serial: string; model: string } | { kind: 'authority'; name: string }
  /** the owner of the machine, or whose authority it is; null: nobody owns it, or the manufacturer's */
  companyId: string | null
  /** the manufacturer can renew it */
  byManufacturer: boolean
  endsAt: Date
}

/**
 * What ends until then and has not ended yet: certificates after which a machine has nothing to sign in by, and authorities. What was revoked, or
 * has a successor that lasts longer, is not among them.
 */
export async function certificatesEnding({ database, now }: Platform, until: Date): Promise<EndingCertificate[]> {
  const db = database.db<DeviceTables>()
  const { rows } = await sql<{
    id: string
    device_id: string
    serial: string
    model: string
    maker_id: string | null
    owner_id: string | null
    ends_at: Date
  }>`
    select c.id, c.device_id, d.serial, d.model, c.company_id as maker_id, o.company_id as owner_id, c.expires_at as ends_at
    from (
      select distinct on (device_id) * from device_credential
      where revoked_at is null order by device_id, expires_at desc nulls first, id
    ) c
    join device d on d.id = c.device_id
    left join device_ownership o on o.device_id = d.id and o.role = 'owner' and o.until_at is null
    where c.kind = 'certificate' and c.expires_at > ${now()} and c.expires_at <= ${until}
    order by c.expires_at, d.serial_key`.execute(db)
  const authorities = await db
    .selectFrom('device_authority')
    .select(['id', 'name', 'company_id', 'expires_at'])
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now())
    .where('expires_at', '<=', until)
    .execute()
  return [
    ...rows.map(row => ({
      ...{ id: row.id, companyId: row.owner_id, byManufacturer: row.maker_id === null, endsAt: row.ends_at },
      of: { kind: 'device' as const, deviceId: row.device_id, serial: row.serial, model: row.model },
    })),
    ...authorities.map(({ id, name, company_id, expires_at }) => ({
      ...{ id, companyId: company_id, byManufacturer: company_id === null, endsAt: expires_at },
      of: { kind: 'authority' as const, name },
    })),
  ]
}
