// A portal in a process of its own, with the migrations of the folder named; says its address. Started by the test of an upgrade.
import { features } from '../src/app/features.ts'
import { startPortal } from '../src/app/portal.ts'
import { createLog, readConfig } from '../src/platform/server/index.ts'
import { publishDrillStand } from './small-product.ts'

const [, , migrations, publish] = process.argv
const portal = await startPortal(readConfig(process.env), {
  features,
  log: createLog('error'),
  http: { rateLimits: null },
  ...(migrations ? { migrations } : {}),
})
if (publish) await publishDrillStand(portal.platform)
process.stdout.write(`${await portal.listen()}\n`)
process.on('SIGTERM', () => portal.stop().then(() => process.exit(0)))
