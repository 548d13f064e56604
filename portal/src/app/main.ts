import { parseArgs } from 'node:util'
import { demoAccounts, firstAdminPath } from '#features/accounts/server'
import { type Config, type Platform, readConfig, StartFailure } from '#platform/server'
import { loadDemo } from './demo.ts'
import { loadDemoDocuments } from './demo-documents.ts'
import { runDemoFleet } from './demo-fleet.ts'
import { loadDemoFloorPlans } from './demo-floor-plans.ts'
import { loadDemoMachines } from './demo-machines.ts'
import { loadDemoMaintenance } from './demo-maintenance.ts'
import { loadDemoOffers } from './demo-offers.ts'
import { loadDemoPackages } from './demo-packages.ts'
import { features } from './features.ts'
import { keepBackingUp } from './keep-backing-up.ts'
import { builtPages, developmentPages } from './pages.ts'
import { type Portal, startPortal } from './portal.ts'

const { values: wishes } = parseArgs({ options: { empty: { type: 'boolean' }, dev: { type: 'boolean' } } })

let portal: Portal | undefined
let backups: { stop(): void } | undefined
let demoFleet: ReturnType<typeof startFleet> | undefined
const ending = new AbortController()
let stoppingSince: number | null = null
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.on('disconnect', stop) // the command that started this process is gone

try {
  await start(readConfig(process.env))
} catch (error) {
  if (stoppingSince !== null) process.exit(0)
  if (!(error instanceof StartFailure)) throw error
  console.error(error.message)
  await portal?.stop()
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  const development = wishes.dev ?? false
  portal = await startPortal(config, {
    features,
    pages: development ? developmentPages : async () => ({ pages: await builtPages() }),
    http: { development, demandTraces: development },
    onLost(reason) {
      console.error(`${reason}. The portal stops; start it again.`)
      stop()
    },
  })
  if (config.mode === 'demo' && !wishes.empty) {
    await loadDemo(portal.platform)
    await loadDemoOffers(portal.platform, portal.settled)
    await loadDemoDocuments(portal.platform)
    await loadDemoMachines(portal.platform)
    await loadDemoMaintenance(portal.platform)
    await loadDemoPackages(portal.platform)
    await loadDemoFloorPlans(portal.platform)
  }
  const address = await portal.listen()
  if (config.mode === 'demo' && !wishes.empty) demoFleet = startFleet(portal.platform)
  await sayWelcome(portal.platform, address)
  if (config.backup) backups = keepBackingUp(config, portal.platform.log)
  if (stoppingSince !== null) await portal.stop().then(() => process.exit(0))
}

async function sayWelcome(platform: Platform, address: string): Promise<void> {
  const setUp = await firstAdminPath(platform)
  if (setUp) console.log(`Nobody can sign in yet. Set up the first administrator at ${address}${setUp}`)
  else if (platform.config.mode === 'demo' && !wishes.empty) {
    console.log('Demo accounts (sign in at /sign-in):')
    for (const { email, password, roles } of demoAccounts(platform)) {
      console.log(`  ${(roles.join(', ') || 'customer').padEnd(10)} ${email.padEnd(26)} ${password}`)
    }
  }
  const broker = platform.broker.state()
  if (broker.kind === 'embedded') console.log(`Devices connect to ${broker.address}`)
  else if (broker.kind === 'off' && broker.trouble) console.log(`Devices cannot connect. ${broker.trouble}`)
  console.log(`Fettle is ready at ${address}`)
}

/** Stops everything within 10 s; asked again later, at once. The database ends with this process in any case. */
function stop(): void {
  if (stoppingSince !== null) {
    // one Ctrl-C may arrive twice: from the terminal and from npm
    if (Date.now() - stoppingSince > 1000) process.exit(1)
    return
  }
  stoppingSince = Date.now()
  setTimeout(() => process.exit(1), 9000).unref()
  backups?.stop()
  stopAll().then(
    () => process.exit(0),
    error => {
      console.error(error)
      process.exit(1)
    },
  )
}

/** Visitors do not wait for it, and without it the demo has still all but its readings. */
async function startFleet(platform: Platform): ReturnType<typeof runDemoFleet> {
  try {
    return await runDemoFleet(platform, ending.signal)
  } catch (error) {
    platform.log.warn({ error }, 'the machines of the demo do not run')
    return null
  }
}

async function stopAll(): Promise<void> {
  ending.abort()
  await (await demoFleet)?.stop()
  await portal?.stop()
}
