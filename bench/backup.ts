// What backup, verification and restore of a database with 100,000 leads take: by files and log, and by rows.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUp } from '../portal/src/app/commands/back-up.ts'
import { restoreNamed } from '../portal/src/app/commands/restore-backup.ts'
import { verifyNamed } from '../portal/src/app/commands/verify-backup.ts'
import { features } from '../portal/src/app/features.ts'
import { startPortal } from '../portal/src/app/portal.ts'
import { contactConsent } from '../portal/src/features/sales/core/index.ts'
import { type Config, createLog, postgresFolder, readConfig } from '../portal/src/platform/server/index.ts'
import { publishDrillStand, standardDraft } from '../portal/test/small-product.ts'
import { type Measure, report, round } from './harness.ts'

const leads = 100_000
const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const config = readConfig({ DATA_DIR: join(folder, 'data'), BACKUP_DIR: join(folder, 'backups') })
const places = [config]
const results: Measure[] = []

try {
  await withPortal(config, async portal => {
    await fill(portal)
    results.push({ case: 'database', metric: 'leads', value: leads, unit: '' }, await databaseSize(portal))
    await measureKind('files and log', portal, {})
    await measureKind('rows', portal, { logical: true })
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
  for (const { dataDir } of places) rmSync(postgresFolder(dataDir), { recursive: true, force: true })
}
report('backup', results)

/** Beside the running portal; the restore goes into an empty place. */
async function measureKind(name: string, portal: Portal, wishes: { logical?: boolean }): Promise<void> {
  const dir = join(folder, name.replaceAll(' ', '-'))
  const place: Config = { ...config, dataDir: join(folder, `restored-${places.length}`), backup: { ...config.backup!, dir } }
  places.push(place)
  const slowest = watchWrites(portal)
  const backup = await seconds(() => backUp({ ...config, backup: place.backup }, wishes, () => {}))
  const wait = await slowest()
  const verification = await seconds(async () => {
    if (!(await verifyNamed(place, undefined, line => console.error(line)))) throw new Error('The backup is not good')
  })
  const restored = await seconds(() => restoreNamed(place, undefined, {}, () => {}))
  results.push(
    { case: name, metric: 'backup', value: backup, unit: 's' },
    { case: name, metric: 'slowest write beside it', value: wait, unit: 'ms' },
    { case: name, metric: 'size', value: round(bytesBelow(dir) / 1e6), unit: 'MB' },
    { case: name, metric: 'verify', value: verification, unit: 's' },
    { case: name, metric: 'restore', value: restored, unit: 's' },
  )
}

/** A small write every 20 ms, as a portal makes them; answers how long the slowest took, in ms. */
function watchWrites({ platform: { database } }: Portal): () => Promise<number> {
  let slowest = 0
  let going = true
  const writing = (async () => {
    while (going) {
      const from = performance.now()
      await database.pool.query('update company set metadata = null where id = gen_random_uuid()')
      slowest = Math.max(slowest, performance.now() - from)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  })()
  return async () => {
    going = false
    await writing
    return round(slowest)
  }
}

type Run = <Row>(text: string, values?: unknown[]) => Promise<Row[]>
type Portal = Awaited<ReturnType<typeof startPortal>>

async function withPortal(on: Config, work: (portal: Portal) => Promise<void>): Promise<void> {
  const portal = await startPortal(on, { features, log: createLog('error') })
  await work(portal).finally(() => portal.stop())
}

/** One inquiry through the portal, and copies of its rows. */
async function fill({ platform, http, settled }: Portal): Promise<void> {
  await publishDrillStand(platform)
  const product = await http.app.request(`${config.publicUrl}/api/v1/products/drill-stand`)
  const { modelVersionId } = (await product.json()) as { modelVersionId: string }
  const answer = await http.app.request(`${config.publicUrl}/api/v1/inquiries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: config.publicUrl },
    body: JSON.stringify({
      configuration: standardDraft(modelVersionId),
      contact: { name: '王磊', company: '常州磊鑫机械', phone: '13800138000' },
      consent: { version: contactConsent.version, accepted: true },
    }),
  })
  if (answer.status !== 201) throw new Error(await answer.text())
  await settled()
  const client = await platform.database.pool.connect()
  await client.query('set statement_timeout = 0')
  const run: Run = async (text, values) => (await client.query(text, values)).rows
  for (const table of ['contact', 'inquiry', 'lead', 'lead_entry']) await copyRows(run, table)
  await client.query('vacuum analyze')
  client.release(true)
}

/** Copies the table's row so often, under new ids derived from the old, so that rows of one inquiry find each other. */
async function copyRows(run: Run, table: string): Promise<void> {
  const columns = await run<{ name: string; type: string; unique: boolean }>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any (i.indkey)) as unique
     from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''`,
    [table],
  )
  const own = ['contact_id', 'inquiry_id', 'lead_id']
  const value = ({ name, type, unique }: (typeof columns)[number]) => {
    if (type === 'uuid' && (name === 'id' || own.includes(name))) return `md5(${name}::text || g)::uuid`
    return unique && type === 'text' ? `${name} || g` : name
  }
  await run(
    `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
     select ${columns.map(value).join(', ')} from (select * from ${table} limit 1) one, generate_series(1, ${leads - 1}) g`,
  )
}

async function databaseSize({ platform: { database } }: Portal): Promise<Measure> {
  const { rows } = await database.pool.query<{ size: number }>('select pg_database_size(current_database()) as size')
  return { case: 'database', metric: 'size', value: round(rows[0]!.size / 1e6), unit: 'MB' }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return round((performance.now() - from) / 1000)
}

function bytesBelow(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
