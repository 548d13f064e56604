import { notFound, type Platform } from '#platform/server'
import type { DeviceTables } from '../tables.ts'
import { tellOfCredentials } from '../tell.ts'

/** Lets one credential hold no more, at once and in every process. Nothing where it is revoked already. */
export async function revokeCredential(
  platform: Platform,
  { deviceId, credentialId }: { deviceId: string; credentialId: string },
): Promise<void> {
  const { database, now } = platform
  await database.transaction(async () => {
    const db = database.db<DeviceTables>()
    const row = await db
      .selectFrom('device_credential')
      .select(['kind', 'revoked_at'])
      .where('id', '=', credentialId)
      .where('device_id', '=', deviceId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': '凭证', en: 'credential' })
    if (row.revoked_at) return
    await db.updateTable('device_credential').set({ revoked_at: now() }).where('id', '=', credentialId).execute()
    await platform.record('device.credential-revoked', { deviceId, credentialId })
    await platform.audit.write({
      action: 'device.credential-revoked',
      target: { kind: 'device', id: deviceId },
      before: { credentialId, kind: row.kind },
    })
    await tellOfCredentials(platform, deviceId)
  })
}

/** What owners made goes with them: whoever had the machine before must not speak for it. In the ambient transaction. */
export async function revokeOfOwners(platform: Platform, deviceId: string): Promise<void> {
  const rows = await platform.database
    .db<DeviceTables>()
    .updateTable('device_credential')
    .set({ revoked_at: platform.now() })
    .where('device_id', '=', deviceId)
    .where('company_id', 'is not', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of rows) await platform.record('device.credential-revoked', { deviceId, credentialId: id })
  if (rows.length > 0) await tellOfCredentials(platform, deviceId)
}
