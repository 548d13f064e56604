import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { contactConsent } from '#features/sales/core'
import { standardDraft } from '../../test/small-product.ts'
import { cloneDatabase } from '../../test/test-database.ts'

vi.setConfig({ testTimeout: 120_000 }) // whole portals start, and the machine may be doing other things

const database = await cloneDatabase()
const home = mkdtempSync(join(tmpdir(), 'fettle-upgrade-'))
const running = new Set<Awaited<ReturnType<typeof startVersion>>>()
afterAll(async () => {
  for (const portal of running) await portal.stop()
  await database.drop()
  rmSync(home, { recursive: true })
})

/** The next version: two migrations more, as the rules let them pass. */
const nextVersion = join(home, 'migrations')
cpSync(join(import.meta.dirname, '../../migrations'), nextVersion, { recursive: true })
writeFileSync(
  join(nextVersion, '9001-more.sql'),
  "alter table lead add column team text not null default 'everybody';\nalter table contact add column salutation text;\n",
)
writeFileSync(
  join(nextVersion, '9002-index.sql'),
  '-- outside of a transaction\ndrop index concurrently if exists lead_by_team;\ncreate index concurrently lead_by_team on lead (team);\n',
)

async function startVersion(migrations: string, publish = '') {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/upgraded-portal.ts'), migrations, publish], {
    env: { ...process.env, FETTLE_MODE: 'demo', PORT: '0', DATABASE_URL: database.url, DATA_DIR: join(home, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const complaints: string[] = []
  child.stderr.on('data', text => complaints.push(String(text)))
  const address = await Promise.race([
    once(child.stdout, 'data').then(([line]) => String(line).trim()),
    ended.then(() => Promise.reject(new Error(complaints.join('')))),
  ])
  const portal = {
    address,
    async stop() {
      running.delete(portal)
      child.kill('SIGTERM')
      await ended
    },
  }
  running.add(portal)
  return portal
}

const read = async (address: string) => {
  const answer = await fetch(`${address}/api/v1/products/drill-stand`)
  return { status: answer.status, modelVersionId: answer.ok ? ((await answer.json()).modelVersionId as string) : '' }
}

async function inquire(address: string): Promise<number> {
  const { modelVersionId } = await read(address)
  const answer = await fetch(`${address}/api/v1/inquiries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({
      configuration: standardDraft(modelVersionId),
      contact: { name: '王磊', company: '常州磊鑫机械', phone: '13800138000' },
      consent: { version: contactConsent.version, accepted: true },
    }),
  })
  await answer.text()
  return answer.status
}

test('the version before goes on reading and writing while the next one migrates, beside it, and when it is started again', async () => {
  const before = await startVersion('', 'publish')
  const statuses: number[] = []
  let going = true
  const customers = (async () => {
    while (going) statuses.push((await read(before.address)).status, await inquire(before.address))
  })()
  const next = await startVersion(nextVersion)
  const during = statuses.length
  expect(await inquire(next.address)).toBe(201)
  expect(await inquire(before.address)).toBe(201)
  going = false
  await customers
  expect(during).toBeGreaterThan(2)
  expect(new Set(statuses)).toEqual(new Set([200, 201]))

  await before.stop()
  const again = await startVersion('')
  expect(await inquire(again.address)).toBe(201)

  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(`
    select (select count(*)::int from inquiry) as inquiries, (select array_agg(name order by name) from migration where name > '9') as migrations,
      (select indisvalid from pg_index where indexrelid = 'lead_by_team'::regclass) as valid`)
  await client.end()
  expect(rows).toEqual([
    { inquiries: statuses.filter(status => status === 201).length + 3, migrations: ['9001-more', '9002-index'], valid: true },
  ])
})
