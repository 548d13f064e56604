import type { Platform } from '#platform/server'
import type { Withheld } from '../../core/index.ts'
import { noSuchDevice } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfRights } from '../tell.ts'
import { lockDevice } from './hand-over.ts'
import { ownerAmong } from './read-holdings.ts'

/** The owner shares what a machine reports, or does not. 404 for whoever is not its owner. Nothing where it is so already. */
export async function setSharing(
  platform: Platform,
  { deviceId, companyId, whom, shared }: { deviceId: string; companyId: string; whom: Withheld; shared: boolean },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const owner = ownerAmong((await lockDevice(platform, deviceId)).holdings)
    if (owner?.companyId !== companyId) throw noSuchDevice()
    const since = owner.withheld.find(time => time.whom === whom && time.until === null)
    if ((since === undefined) === shared) return
    const db = database.db<DeviceTables>()
    if (since)
      await db
        .updateTable('device_withholding')
        .set({ until_at: new Date(Math.max(platform.now().getTime(), since.from?.getTime() ?? 0)) })
        .where('ownership_id', '=', owner.id)
        .where('whom', '=', whom)
        .where('until_at', 'is', null)
        .execute()
    else
      await db
        .insertInto('device_withholding')
        .values({ id: platform.newId(), ownership_id: owner.id, whom, from_at: platform.now(), until_at: null })
        .execute()
    await platform.record('device.sharing-changed', { deviceId, whom, shared })
    await platform.audit.write({
      action: 'device.sharing-changed',
      target: { kind: 'device', id: deviceId },
      after: { whom, shared },
    })
    await tellOfRights(platform, deviceId)
  })
}
