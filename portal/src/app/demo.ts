import { seedDemoAccounts } from '#features/accounts/server'
import type { Platform } from '#platform/server'

/** Everything the demo shows, through the features' own functions. Does nothing where it has been loaded before. */
export async function loadDemo(platform: Platform): Promise<void> {
  await seedDemoAccounts(platform)
}
