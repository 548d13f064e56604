import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { contactConsent, listLeads } from '#features/sales/core'
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/server/postgres.ts'
import { eventually } from '../eventually.ts'
import { publishDrillStand, standardDraft } from '../small-product.ts'
import { testPortal } from '../test-portal.ts'

const mounted: string[] = []
const servers: EmbeddedPostgres[] = []
afterAll(async () => {
  for (const server of servers) await server.stop()
  for (const folder of mounted) {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true })
  }
})

/** A disk of its own, in memory; null where this user may not mount one. */
function smallDisk(megabytes: number): string | null {
  const base = mkdtempSync(join(tmpdir(), 'fettle-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', base], { stdio: 'ignore' })
  } catch {
    rmSync(base, { recursive: true })
    return null
  }
  execFileSync('chmod', ['755', base])
  mounted.push(base)
  return base
}

const disk = smallDisk(300)
if (!disk) console.warn('Not tested: a full disk (only root may mount a small one)')
const onSmallDisk = test.skipIf(!disk)

const freeMegabytes = () => statfsSync(disk!).bavail * (statfsSync(disk!).bsize / 2 ** 20)
const ballast = () => join(disk!, 'ballast')
const fillUpTo = (megabytesLeft: number) =>
  writeFileSync(ballast(), new Uint8Array(Math.max(0, Math.floor(freeMegabytes() - megabytesLeft)) * 2 ** 20))

async function portalOn(reserveMegabytes: number) {
  const folder = join(disk!, `postgres-${reserveMegabytes}`)
  mkdirSync(folder)
  const troubles: string[] = []
  const server = await startPostgres(folder, {
    reserve: { bytes: reserveMegabytes * 2 ** 20, every: 100 },
    onTrouble: sentence => troubles.push(sentence),
  })
  servers.push(server)
  const portal = await testPortal({ config: { databaseUrl: server.url }, events: { poll: 500 } })
  await publishDrillStand(portal.platform)
  const { modelVersionId } = await (await portal.request('/api/v1/products/drill-stand')).json()
  const submit = (email: string, message = '') =>
    portal.request('/api/v1/inquiries', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `inquiry-of-${email}` },
      body: JSON.stringify({
        configuration: standardDraft(modelVersionId),
        contact: { email },
        message,
        consent: { version: contactConsent.version, accepted: true },
      }),
    })
  return { ...portal, submit, troubles }
}

const guarded = disk ? await portalOn(60) : null
const bare = disk ? await portalOn(0) : null

onSmallDisk(
  'while space runs out nothing is written and everything can be read; with space again everything goes on',
  async () => {
    const { api, submit, mails, troubles } = guarded!
    const sales = await api('sales')
    expect((await submit('before@example.com')).status).toBe(201)
    await eventually(async () => (await sales.call(listLeads, { query: {} })).total === 1)

    fillUpTo(40)
    await eventually(() => troubles.some(sentence => /MB are left in .+: nothing is written until 60 MB are free/.test(sentence)))
    await eventually(async () => (await submit('refused@example.com')).status !== 201)
    const refused = await submit('meanwhile@example.com')
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({
      type: '/problems/read-only',
      detail: expect.stringContaining('没有保存任何内容'),
    })
    const leads = (await sales.call(listLeads, { query: {} })).total
    expect(leads).toBeGreaterThanOrEqual(1)

    rmSync(ballast())
    await eventually(async () => (await submit('meanwhile@example.com')).status === 201)
    await eventually(async () => (await mails()).some(({ to }) => to === 'meanwhile@example.com'), 60)
    expect((await mails()).some(({ to }) => to === 'before@example.com')).toBe(true)
    expect(troubles.at(-1)).toContain('there is space')
  },
  180_000,
)

onSmallDisk(
  'a disk that is full all the same loses nothing that was acknowledged, and every refusal says that nothing was saved',
  async () => {
    const { submit, api, mails } = bare!
    const acknowledged: string[] = []
    const refusals = new Set<string>()
    fillUpTo(2)
    for (let number = 1; refusals.size === 0 && number <= 400; number++) {
      const answer = await submit(`full-${number}@example.com`, randomBytes(3500).toString('base64'))
      if (answer.status === 201) acknowledged.push(`full-${number}@example.com`)
      else refusals.add(((await answer.json()) as { type: string }).type)
    }
    for (const type of refusals) expect(type).toMatch(/^\/problems\/(storage-full|unavailable|outcome-unknown)$/)
    expect(refusals.size).toBeGreaterThan(0)

    rmSync(ballast())
    await eventually(async () => (await submit('afterwards@example.com')).status === 201, 60)
    /** What failed meanwhile is tried again with growing pauses, longer than `mails` waits for jobs. */
    const mailed = async () => new Set((await mails().catch(() => [])).map(({ to }) => to))
    await eventually(async () => (await mailed()).has('afterwards@example.com'), 60)
    const { total } = await (await api('sales')).call(listLeads, { query: {} })
    expect(total).toBeGreaterThanOrEqual(acknowledged.length + 1)
    await eventually(async () => {
      const addresses = await mailed()
      return acknowledged.every(email => addresses.has(email))
    }, 90)
  },
  180_000,
)
