import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { type Account, conflict, invalid, type Platform } from '#platform/server'
import type { CompanyAuthority } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfCredentials } from '../tell.ts'
import { authorityView } from './own-authority.ts'
import { tellOfAuthorities } from './trusted-authorities.ts'

/** The authority a company has named for its machines; null: none. */
export async function companyAuthority(
  { database }: Pick<Platform, 'database'>,
  companyId: string,
): Promise<CompanyAuthority | null> {
  const row = await database
    .db<DeviceTables>()
    .selectFrom('device_authority')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const { id, subject, fingerprint, createdAt, expiresAt } = authorityView(row)
  return { id, subject, fingerprint, createdAt, expiresAt }
}

/** Lets certificates of a company's own authority open the wire for the machines it owns, in the place of one it named before. */
export async function nameAuthority(platform: Platform, account: Account, companyId: string, text: string): Promise<void> {
  const read = readAuthority(text, platform.now())
  const { database } = platform
  await database.transaction(async () => {
    await endCompanyAuthority(platform, companyId)
    if (isConfigured(platform, read.subject)) throw subjectTaken()
    const id = platform.newId()
    const { numInsertedOrUpdatedRows } = await database
      .db<DeviceTables>()
      .insertInto('device_authority')
      .values({
        ...{
          id,
          company_id: companyId,
          name: read.subject.slice(0, 200),
          certificate: read.toString(),
          subject: read.subject,
          key: null,
        },
        ...{ created_at: platform.now(), created_by: account.id, expires_at: read.validToDate, ended_at: null },
      })
      .onConflict(known => known.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) throw subjectTaken()
    await platform.audit.write({
      action: 'device.authority-named',
      target: { kind: 'device-authority', id },
      after: { fingerprint: read.fingerprint256 },
    })
    await tellOfAuthorities(platform)
  })
}

/** It certifies nothing any more, and what came in by it ends. Answers whether there was one. */
export async function endCompanyAuthority(platform: Platform, companyId: string): Promise<boolean> {
  const { database, now } = platform
  return database.transaction(async () => {
    const db = database.db<DeviceTables>()
    const ended = await db
      .updateTable('device_authority')
      .set({ ended_at: now() })
      .where('company_id', '=', companyId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!ended) return false
    const revoked = await db
      .updateTable('device_credential')
      .set({ revoked_at: now() })
      .where('authority_id', '=', ended.id)
      .where('revoked_at', 'is', null)
      .returning(['id', 'device_id'])
      .execute()
    for (const { id, device_id } of revoked) {
      await platform.record('device.credential-revoked', { deviceId: device_id, credentialId: id })
      await tellOfCredentials(platform, device_id)
    }
    await platform.audit.write({ action: 'device.authority-ended', target: { kind: 'device-authority', id: ended.id } })
    await tellOfAuthorities(platform)
    return true
  })
}

/**
 * Admits a machine by a certificate nobody has seen before, where the authority of its owner has signed it, and writes that down. Answers
 * whether it did. certificate: DER; TLS has seen the key proven and the dates
 */
export async function admitByCompany(
  platform: Pick<Platform, 'database' | 'now'>,
  { deviceId, digest, certificate }: { deviceId: string; digest: string; certificate: Uint8Array },
): Promise<boolean> {
  const { database, now } = platform
  const { rows } = await sql<{ id: string; company_id: string; certificate: string }>`
    select a.id, a.company_id, a.certificate from device_authority a
    join device_ownership o on o.company_id = a.company_id and o.device_id = ${deviceId} and o.role = 'owner' and o.until_day is null
    where a.ended_at is null and a.expires_at > ${now()}
      and not exists (select from device_credential c where c.digest = ${digest})
      and (select count(*) from device_credential c where c.device_id = ${deviceId} and c.revoked_at is null
        and (c.expires_at is null or c.expires_at > ${now()})) < ${mostSeen}`.execute(database.db())
  const [authority] = rows
  if (!authority) return false
  const [own, signer] = [new X509Certificate(certificate), new X509Certificate(authority.certificate)]
  if (!own.checkIssued(signer) || !own.verify(signer.publicKey) || own.ca) return false
  await sql`
    insert into device_credential (id, device_id, kind, digest, label, company_id, created_at, expires_at, authority_id)
    select gen_random_uuid(), ${deviceId}, 'certificate', ${digest}, '', ${authority.company_id}, ${now()}, ${own.validToDate}, ${authority.id}
    on conflict do nothing`.execute(database.db())
  return true
}

/** Certificates of one machine at a time. */
const mostSeen = 50

function readAuthority(text: string, now: Date): X509Certificate {
  try {
    const read = new X509Certificate(text)
    if (read.ca && read.checkIssued(read) && read.verify(read.publicKey) && read.validToDate > now) return read
  } catch {
    throw noAuthority()
  }
  throw noAuthority()
}

/** Of two with one subject TLS would ask the wrong one, and turn away who was signed by the other. */
function isConfigured({ config }: Platform, subject: string): boolean {
  const file = config.broker.tls?.clientCa
  if (!file || !existsSync(file)) return false
  const blocks = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.some(block => new X509Certificate(block).subject === subject)
}

const noAuthority = () =>
  invalid([
    {
      field: '/certificate',
      message: {
        'zh-CN': '这不是自签名的颁发机构证书，或已过期。',
        en: 'This is no certificate of an authority that signed itself, or it has expired.',
      },
      remedy: {
        'zh-CN': '请粘贴签发机器证书的根证书（PEM，CA:TRUE）。',
        en: 'Paste the root certificate (PEM, CA:TRUE) that signs the certificates of your machines.',
      },
    },
  ])

const subjectTaken = () =>
  conflict(
    'authority-subject-taken',
    { 'zh-CN': '已有同名的颁发机构。', en: 'There is an authority with this subject already.' },
    { 'zh-CN': '请使用主题名称独有的根证书。', en: 'Use a root certificate whose subject nobody else has.' },
  )
