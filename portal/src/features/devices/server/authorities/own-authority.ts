import { X509Certificate } from 'node:crypto'
import { readManufacturer } from '#features/manufacturer/server'
import { type Account, conflict, notFound, type Platform } from '#platform/server'
import type { AuthorityView } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'
import { type Authority, makeAuthority } from './sign-certificates.ts'
import { tellOfAuthorities } from './trusted-authorities.ts'

/** of the authority itself: as long as a machine stands */
const years = 25

export interface OwnAuthority extends Authority {
  id: string
}

/** The manufacturer's own authority begins. 409 where there is one. */
export async function beginAuthority(platform: Platform, account: Account): Promise<void> {
  const { database, vault } = platform
  const { name } = await readManufacturer(database)
  const from = platform.now()
  const until = new Date(from)
  until.setUTCFullYear(until.getUTCFullYear() + years)
  const organisation = (name.en || name['zh-CN']).slice(0, 60)
  const made = await makeAuthority({ name: `${organisation} Devices`.slice(0, 64), organisation, from, until })
  await database.transaction(async () => {
    const id = platform.newId()
    const { subject, validToDate } = new X509Certificate(made.certificate)
    const { numInsertedOrUpdatedRows } = await database
      .db<DeviceTables>()
      .insertInto('device_authority')
      .values({
        ...{ id, company_id: null, name: organisation, certificate: made.certificate, subject, created_at: from },
        ...{
          key: await vault.seal(made.key, 'device_authority.key'),
          created_by: account.id,
          expires_at: validToDate,
          ended_at: null,
        },
      })
      .onConflict(known => known.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) throw authorityThere()
    await platform.audit.write({ action: 'device.authority-begun', target: { kind: 'device-authority', id } })
    await tellOfAuthorities(platform)
  })
}

/** With its key. 404 where it was not begun. */
export async function ownAuthority({ database, vault }: Platform): Promise<OwnAuthority> {
  const row = await ownRow({ database })
  if (!row?.key) throw notFound({ 'zh-CN': '证书颁发机构', en: 'certificate authority' })
  return { id: row.id, certificate: row.certificate, key: await vault.open(row.key, 'device_authority.key') }
}

/** 404 where the manufacturer's own authority was not begun. */
export async function demandAuthority(platform: Platform): Promise<void> {
  await ownAuthority(platform)
}

export async function showAuthority(platform: Platform): Promise<AuthorityView | null> {
  const row = await ownRow(platform)
  return row ? { ...authorityView(row), listAddress: listAddress(platform, row.id) } : null
}

/** As pages show it. */
export function authorityView({
  id,
  certificate,
  created_at,
  expires_at,
}: {
  id: string
  certificate: string
  created_at: Date
  expires_at: Date
}) {
  const { subject, fingerprint256 } = new X509Certificate(certificate)
  return {
    ...{ id, certificate, subject: subject.replaceAll('\n', ', '), fingerprint: fingerprint256 },
    ...{ createdAt: created_at.toISOString(), expiresAt: expires_at.toISOString() },
  }
}

/** Where the list of what an authority has revoked lies, for everybody. */
export const listAddress = ({ config }: Pick<Platform, 'config'>, authorityId: string): string =>
  new URL(`/api/v1/device-authorities/${authorityId}/revocations`, config.publicUrl).href

const ownRow = ({ database }: Pick<Platform, 'database'>) =>
  database
    .db<DeviceTables>()
    .selectFrom('device_authority')
    .selectAll()
    .where('company_id', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

const authorityThere = () =>
  conflict(
    'device-authority-there',
    { 'zh-CN': '证书颁发机构已启用。', en: 'The authority was begun already.' },
    { 'zh-CN': '请重新加载页面。', en: 'Reload the page.' },
  )
