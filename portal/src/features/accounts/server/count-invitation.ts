import type { Platform } from '#platform/server'
import { beginTry } from './throttle.ts'

/** Each counts, for each mails somebody who did not ask: one who gets too many is spared, and a place that sends too many waits. */
export async function countInvitation(platform: Platform, { email, address }: { email: string; address: string }): Promise<void> {
  const sent = await beginTry(platform, { action: 'invite', subject: email, address })
  await sent.failed()
}
