// A whole portal without pages, as the trials of faults start and kill it. Its features have one more beside them, whose effects
// nothing makes unique: where something is done twice inside, it shows. Says in one line of JSON where it stands.
import { flushCompileCache } from 'node:module'
import { sql } from 'kysely'
import { demoAccounts, seedDemoAccounts } from '#features/accounts/server'
import { hasProducts } from '#features/products/server'
import { features } from '../../src/app/features.ts'
import { startPortal } from '../../src/app/portal.ts'
import { createLog, type Platform, readConfig, type ServerFeature } from '../../src/platform/server/index.ts'
import { publishDrillStand } from '../small-product.ts'

async function note({ database }: Platform, effect: string, about: string): Promise<void> {
  await sql`insert into fault_effect (effect, about) values (${effect}, ${about})`.execute(database.db())
}

const witness: ServerFeature = {
  name: 'faults',
  on: {
    'inquiry.submitted': [
      {
        name: 'faults.hear-inquiry',
        async handle({ data: { inquiryId } }, platform) {
          await note(platform, 'heard', inquiryId)
          await platform.jobs.enqueue('faults.work', { inquiryId })
        },
      },
    ],
    'lead.opened': [
      { name: 'faults.hear-lead', handle: ({ data: { inquiryId } }, platform) => note(platform, 'opened', inquiryId) },
    ],
  },
  jobs: {
    'faults.work': { handle: (data, { platform }) => note(platform, 'worked', (data as { inquiryId: string }).inquiryId) },
    'faults.tick': { handle: (_, { platform, jobId }) => note(platform, 'ticked', jobId) },
  },
  ...(process.env.FAULTS_SCHEDULE ? { schedules: { 'faults.tick': process.env.FAULTS_SCHEDULE } } : {}),
}

/** A page for everybody, which is kept until something it shows changes; says how often it was made. */
let renderings = 0
const renderedPage = () => new Response(`rendered ${++renderings}`, { headers: { 'cache-control': 'public' } })

const portal = await startPortal(readConfig({ LOG_LEVEL: 'error', ...process.env }), {
  features: [...features, witness],
  http: { rateLimits: null },
  log: createLog((process.env.FAULTS_LOG ?? 'silent') as 'silent'),
  pages: async () => ({ pages: { assets: null, render: async () => renderedPage() } }),
  signals: { beat: Number(process.env.FAULTS_BEAT ?? 5000) },
  portals: process.env.FAULTS_LEASE
    ? { beat: Number(process.env.FAULTS_LEASE) / 10, lease: Number(process.env.FAULTS_LEASE) }
    : {},
})
const { platform } = portal
await platform.database.transaction(async () => {
  await sql`select pg_advisory_xact_lock(hashtext('faults'))`.execute(platform.database.db())
  await sql`create table if not exists fault_effect (effect text not null, about text not null, at timestamptz not null default now())`.execute(
    platform.database.db(),
  )
  await seedDemoAccounts(platform)
  if (!(await hasProducts(platform.database))) await publishDrillStand(platform)
})
const sales = demoAccounts(platform).find(({ roles }) => roles.includes('sales'))!
process.on('SIGTERM', () => void portal.stop().then(() => process.exit(0)))
process.on('disconnect', () => process.exit(1)) // whoever runs the trials is gone
const { connectionString } = platform.database.pool.options
flushCompileCache() // it is written at the end otherwise, and this end comes by SIGKILL
console.log(JSON.stringify({ url: await portal.listen(), databaseUrl: connectionString, sales }))
