import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { signUp, verifyEmail } from '#features/accounts/core'
import { askForMyself, getRequest, listRequests, moveRequest } from '#features/privacy/core'
import { getProduct } from '#features/products/core'
import { contactConsent, submitInquiry, uploadAttachment } from '#features/sales/core'
import { type Config, createLog, listBackups, pruneBackups } from '#platform/server'
import { confirmingApi } from '../../test/confirming.ts'
import { startS3Server } from '../../test/s3-server.ts'
import { publishDrillStand, standardDraft } from '../../test/small-product.ts'
import { cloneDatabase } from '../../test/test-database.ts'
import { testPortal } from '../../test/test-portal.ts'
import { backUp } from './commands/back-up.ts'
import { restoreNamed } from './commands/restore-backup.ts'
import { verifyNamed } from './commands/verify-backup.ts'
import { features } from './features.ts'
import { startPortal } from './portal.ts'

vi.setConfig({ testTimeout: 120_000 }) // whole databases are copied, and the machine may be doing other things

const s3 = await startS3Server('machines')
const { api, platform, portal, mails, request } = await testPortal({ config: { filesUrl: s3.url } })
const home = mkdtempSync(join(tmpdir(), 'fettle-bucket-'))
const settings = { every: 86_400_000, keep: 2, lag: 60, secret: 'a secret that is long enough for a test' }
const config: Config = { ...platform.config, backup: { dir: join(home, 'backups'), ...settings } }
const dropped: (() => Promise<void>)[] = []
afterAll(async () => {
  await s3.close()
  for (const drop of dropped) await drop()
  rmSync(home, { recursive: true })
})

/** An empty database beside a copy of the backups, which may be damaged. */
async function elsewhere(): Promise<Config> {
  const database = await cloneDatabase({ empty: true })
  dropped.push(database.drop)
  const dir = join(home, String(dropped.length))
  cpSync(config.backup!.dir, dir, { recursive: true })
  const dataDir = join(home, `data-${dropped.length}`) // its keys; the portal's warehouse, which may have been started since, is its own
  cpSync(config.dataDir, dataDir, { recursive: true, filter: path => basename(path) !== 'warehouse' })
  return { ...config, databaseUrl: database.url, dataDir, backup: { ...config.backup!, dir } }
}

async function verify(on: Config) {
  const said: string[] = []
  const good = await verifyNamed(on, undefined, line => said.push(line))
  return { good, said: said.join('\n') }
}
const restore = (on: Config) => restoreNamed(on, undefined, {}, () => {})
const contents = () => Object.fromEntries([...s3.objects].map(([key, { content }]) => [key, content.toString('base64')]))
const asked = (kind: string) => s3.requests.filter(line => line.startsWith(kind) && !line.includes('list-type')).length
const pooled = ({ backup }: Config) =>
  readdirSync(join(backup!.dir, 'files'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.zst'))

const password = 'a bench, a vice and a file'
const email = 'zhou@erased.example'
const visitor = await api()
await publishDrillStand(platform)
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
await visitor.call(signUp, { body: { name: 'Zhou Erased', email, password } })
const token = /[?&]token=([\w-]+)/.exec((await mails()).findLast(({ to }) => to === email)!.text)![1]!
await visitor.call(verifyEmail, { body: { token } })
const zhou = await api({ email, password })
const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#246' } })
  .png()
  .toBuffer()
for (const [name, content] of [
  ['drawing.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n')],
  ['photo.png', photo],
] as const) {
  const { token } = await zhou.call(uploadAttachment, { body: { name, content: new Blob([new Uint8Array(content)]) } })
  const contact = { name: 'Zhou Erased', email }
  const consent = { version: contactConsent.version, accepted: true as const }
  await zhou.call(submitInquiry, {
    body: { configuration: standardDraft(modelVersionId), contact, consent, attachments: [token] },
  })
}
await portal.settled()
const before = contents()
await backUp(config, {}, () => {})

test('the files of a bucket are in the backup, encrypted, and compared with what the database says of them', async () => {
  expect(Object.keys(before)).toHaveLength(3) // two files, and the small picture of one
  const { good, said } = await verify(config)
  expect(said).toMatch(/ok {5}files +3 files of the bucket, 0\.0 MB$/m)
  expect(good).toBe(true)
  expect(pooled(config)).toHaveLength(3)
  for (const name of pooled(config))
    expect(
      readFileSync(join(config.backup!.dir, 'files', name))
        .subarray(0, 15)
        .toString(),
    ).toBe('fettle sealed 1')
})

test('what was lost in the bucket comes back, and what is there is not sent again', async () => {
  const [lost] = s3.objects.keys()
  s3.objects.delete(lost!)
  const puts = asked('PUT')
  await restore(await elsewhere())
  expect(contents()).toEqual(before)
  expect(asked('PUT') - puts).toBe(1)
})

test('without FILES_URL they come into the folder of the portal', async () => {
  const place = { ...(await elsewhere()), filesUrl: null }
  await restore(place)
  const names = readdirSync(join(place.dataDir, 'files'), { recursive: true, encoding: 'utf8' })
  expect(names.filter(name => name.includes('/') && !name.startsWith('incoming')).map(name => `portal/${name.slice(3)}`)).toEqual(
    expect.arrayContaining(Object.keys(before)),
  )
})

test('a damaged, a missing and a foreign copy are found, and nothing is restored from them', async () => {
  const place = await elsewhere()
  const [first, second] = pooled(place).map(name => join(place.backup!.dir, 'files', name))
  const bytes = readFileSync(first!)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(first!, bytes)
  rmSync(second!)
  const { good, said } = await verify(place)
  expect(good).toBe(false)
  expect(said).toMatch(/WRONG {2}files .+ was changed/)
  expect(said).toMatch(/WRONG {2}files .+ is missing/)
  s3.objects.clear()
  await expect(restore(place)).rejects.toThrow(/(was changed|is missing): take another backup/)
  for (const [key, content] of Object.entries(before))
    s3.objects.set(key, { content: Buffer.from(content, 'base64'), at: new Date() })
  const [name] = Object.keys(before).filter(key => !key.includes('.'))
  await platform.database.pool.query(`update stored_file set sha256 = repeat('0', 64) where id = $1`, [name!.slice(7)])
  const gets = asked('GET')
  await backUp(config, { keep: 9 }, () => {})
  expect(asked('GET')).toBe(gets) // all of them were in the pool
  expect((await verify(config)).said).toMatch(/WRONG {2}files .+ is not what the database knows/)
})

test('who was erased after the backup is erased in what is restored, with his files; the copies go with the last backup that lists them', async () => {
  const admin = await api('admin')
  await zhou.call(askForMyself, { body: { kind: 'erasure', words: 'please', proof: { method: 'password', password } } })
  const { items } = await admin.call(listRequests, { query: {} })
  const params = { requestId: items.find(item => item.email === email)!.id }
  const { etag } = await admin.callWithEtag(getRequest, { params })
  await confirmingApi({ request }, 'admin').call(moveRequest, { params, body: { state: 'done' }, ifMatch: etag })
  await portal.settled()
  await expect.poll(() => s3.objects.size).toBe(0)

  const place = await elsewhere()
  await restore(place)
  await expect.poll(() => s3.objects.size).toBe(0)
  const restored = await startPortal(place, { features, background: false, log: createLog('error') })
  const { database } = restored.platform
  try {
    const one = async (text: string) => (await database.pool.query(text)).rows[0]
    expect(await one(`select count(*)::int as people from person where name like 'Zhou%'`)).toEqual({ people: 0 })
    expect(await one('select count(*)::int as leads from lead')).toEqual({ leads: 2 })
    expect(await one(`select count(*)::int as files from stored_file where state <> 'leaving'`)).toEqual({ files: 0 })
  } finally {
    await restored.stop()
  }

  await backUp(config, {}, () => {})
  expect((await verify(config)).good).toBe(true) // the last that was found good would stay
  await pruneBackups(config.backup!.dir, 1)
  expect(await listBackups(config.backup!.dir)).toHaveLength(1)
  expect(pooled(config)).toEqual([])
})
