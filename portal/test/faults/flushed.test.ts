import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { contactConsent } from '#features/sales/core'
import { postgresFolder, startPostgres } from '../../src/platform/server/postgres.ts'
import { standardDraft } from '../small-product.ts'
import { postgresProcesses, startPortalProcess } from './portal-process.ts'
import { type SystemCall, traceCalls, whyNoTrace } from './system-calls.ts'

const reason = whyNoTrace()
if (reason) console.warn(`Not tested: that data is flushed to the disk before it is acknowledged (${reason})`)

// kill -9 leaves what was written in the system's cache; a power cut does not. Hence this look at the order of the calls themselves.
test.skipIf(reason)(
  'an inquiry is on the disk before the portal says that it was taken, and the test would see it if it were not',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fettle-flushed-'))
    const folder = postgresFolder(dataDir)
    const postgres = await startPostgres(folder)
    try {
      expect(flushesBeforeAnswer(await traceInquiry(postgres.url, folder, dataDir))).toEqual({
        commits: 1,
        flushed: 1,
        answered: 1,
      })
      const client = new pg.Client({ connectionString: postgres.url })
      await client.connect()
      await client.query('alter system set synchronous_commit = off')
      await client.query('select pg_reload_conf()')
      await client.end()
      expect(flushesBeforeAnswer(await traceInquiry(postgres.url, folder, dataDir))).toEqual({
        commits: 1,
        flushed: 0,
        answered: 1,
      })
    } finally {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
  180_000,
)

/** The calls of the portal and of every PostgreSQL process while one inquiry is submitted. */
async function traceInquiry(databaseUrl: string, folder: string, dataDir: string): Promise<SystemCall[]> {
  const portal = startPortalProcess({
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '4',
    SESSION_SECRET: 'the same for both of these portals',
  })
  try {
    const { url } = await portal.ready
    const { modelVersionId } = (await (await fetch(`${url}/api/v1/products/drill-stand`)).json()) as { modelVersionId: string }
    const trace = await traceCalls(
      [portal.pid, ...(await postgresProcesses(folder))],
      ['fsync', 'fdatasync', 'recvfrom', 'sendto', 'write', 'writev'],
      join(dataDir, 'calls'),
    )
    const answer = await fetch(`${url}/api/v1/inquiries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        configuration: standardDraft(modelVersionId),
        contact: { phone: '+49 89 123456' },
        consent: { version: contactConsent.version, accepted: true },
      }),
    })
    expect(answer.status).toBe(201)
    return await trace.end()
  } finally {
    await portal.stop()
  }
}

/**
 * The one transaction that inserted the inquiry: its backend was asked to commit, flushed the log, said COMMIT; and only then did
 * the portal write 201. Counts what of this is there, in this order.
 */
function flushesBeforeAnswer(calls: SystemCall[]): { commits: number; flushed: number; answered: number } {
  const inserted = calls.find(({ name, text }) => name === 'recvfrom' && text.includes('insert into \\"inquiry\\"'))
  const ofBackend = calls.filter(call => call.pid === inserted?.pid && call.at >= inserted.at)
  const asked = ofBackend.find(({ name, text }) => name === 'recvfrom' && /commit\\0/.test(text))
  const said = ofBackend.find(call => call.name === 'sendto' && call.text.includes('COMMIT') && call.at > asked!.at)
  const flushed = ofBackend.filter(
    ({ name, text, at }) =>
      (name === 'fdatasync' || name === 'fsync') &&
      text.includes('pg_wal') &&
      /= 0$/.test(text) &&
      at > asked!.at &&
      at < said!.at,
  )
  const answered = calls.find(({ name, text }) => (name === 'write' || name === 'writev') && text.includes('HTTP/1.1 201'))
  return {
    commits: asked && said ? 1 : 0,
    flushed: Math.min(1, flushed.length),
    answered: answered && answered.at > said!.at ? 1 : 0,
  }
}
