import type { Platform } from '#platform/server'
import type { DeviceTables } from '../tables.ts'

const topic = 'device-authorities'
const followed = new WeakSet<Platform>()

/** Certificates of all authorities whose client certificates the broker lets through to `authenticateDevice`, which decides. */
export async function trustedAuthorities(platform: Platform): Promise<string[]> {
  if (!followed.has(platform)) {
    followed.add(platform)
    const renew = () =>
      void platform.broker
        .renewAuthorities()
        .catch(error => platform.log.warn({ error }, 'authorities of machines could not be read anew'))
    platform.live.subscribe(topic, renew)
  }
  const rows = await platform.database
    .db<DeviceTables>()
    .selectFrom('device_authority')
    .select('certificate')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', platform.now())
    .execute()
  return rows.map(({ certificate }) => certificate)
}

/** Every process believes from now on who is believed now. */
export const tellOfAuthorities = ({ live }: Platform): Promise<void> => live.publish(topic, '')
