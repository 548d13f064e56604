import { foundDemoAccounts } from '#features/accounts/server'
import { type Platform, StartFailure } from '#platform/server'

interface InstallationTables {
  installation: { one: boolean; mode: 'demo' | 'production'; since: Date }
}

/**
 * Keeps demo and production apart for good: a database that production has used never takes the demo, and production does not
 * start where the demo's accounts are. Throws StartFailure.
 */
export async function claimDatabase(platform: Platform): Promise<void> {
  const { config, database, now } = platform
  const { mode } = config
  const db = database.db<InstallationTables>()
  const known = await db.selectFrom('installation').select('mode').executeTakeFirst()
  if (known?.mode === 'production' && mode === 'demo') {
    throw new StartFailure(
      'This database belongs to a production portal and does not take the demo: set FETTLE_MODE to production, or name another DATA_DIR or DATABASE_URL.',
    )
  }
  if (mode === 'production') await demandNoDemoAccounts(platform)
  if (known?.mode === mode) return
  await db
    .insertInto('installation')
    .values({ one: true, mode, since: now() })
    .onConflict(conflict => conflict.column('one').doUpdateSet({ mode, since: now() }))
    .execute()
}

async function demandNoDemoAccounts(platform: Platform): Promise<void> {
  const found = await foundDemoAccounts(platform)
  if (found.length === 0) return
  throw new StartFailure(
    `This database has accounts of the demo, whose password everybody knows (${found.join(', ')}): take them out with "npm run fettle -- demo remove", or name another DATA_DIR or DATABASE_URL.`,
  )
}
