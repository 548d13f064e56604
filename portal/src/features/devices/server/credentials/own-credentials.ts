import { type Account, notFound, type Platform } from '#platform/server'
import type { OwnCredentials } from '../../core/index.ts'
import { companyAuthority } from '../authorities/company-authority.ts'
import { lockDevice } from '../holdings/hand-over.ts'
import { ownerAmong, readHoldings } from '../holdings/read-holdings.ts'
import { noSuchDevice } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { addCredential } from './add-credential.ts'
import { revokeCredential } from './revoke.ts'

interface Own {
  deviceId: string
  companyId: string
}

/** What the owner's company made for a machine and still holds. 404 for whoever does not own it. */
export async function ownCredentials(platform: Platform, { deviceId, companyId }: Own): Promise<OwnCredentials> {
  const { database, now } = platform
  if (ownerAmong(await readHoldings(database, [deviceId]))?.companyId !== companyId) throw noSuchDevice()
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select(['id', 'kind', 'label', 'digest', 'created_at', 'expires_at', 'last_used_at'])
    .where('device_id', '=', deviceId)
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
    .orderBy('id', 'desc')
    .execute()
  return {
    credentials: rows.map(({ digest, created_at, expires_at, last_used_at, ...row }) => ({
      ...row,
      fingerprint: digest.slice(0, 12),
      createdAt: created_at.toISOString(),
      expiresAt: expires_at?.toISOString() ?? null,
      lastUsedAt: last_used_at?.toISOString() ?? null,
    })),
    authority: await companyAuthority(platform, companyId),
  }
}

/** A token of the owner's, which ends with his ownership. */
export async function addOwnToken(platform: Platform, account: Account, { deviceId, companyId, label }: Own & { label: string }) {
  return platform.database.transaction(async () => {
    await demandOwner(platform, { deviceId, companyId })
    const { id, token } = await addCredential(platform, account, deviceId, { kind: 'token', label })
    return { id, token: token! }
  })
}

/** Of his own alone: what the factory built in belongs to the machine. */
export async function revokeOwnCredential(
  platform: Platform,
  { credentialId, ...own }: Own & { credentialId: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    await demandOwner(platform, own)
    const row = await platform.database
      .db<DeviceTables>()
      .selectFrom('device_credential')
      .select('id')
      .where('id', '=', credentialId)
      .where('device_id', '=', own.deviceId)
      .where('company_id', '=', own.companyId)
      .executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': '凭证', en: 'credential' })
    await revokeCredential(platform, { deviceId: own.deviceId, credentialId })
  })
}

async function demandOwner(platform: Platform, { deviceId, companyId }: Own): Promise<void> {
  const { holdings } = await lockDevice(platform, deviceId)
  if (ownerAmong(holdings)?.companyId !== companyId) throw noSuchDevice()
}
