import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { startS3Server } from '../../../test/s3-server.ts'
import type { FileOnDisk, FileStore, StoredObject } from './files.ts'
import { diskStore } from './files-disk.ts'
import { readS3Address, s3Store } from './files-s3.ts'
import { measureFile } from './files-spool.ts'
import { newId } from './ids.ts'
import { StartFailure } from './start-failure.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-files-'))
const s3 = await startS3Server('machines')
afterAll(async () => {
  await s3.close()
  rmSync(folder, { recursive: true })
})

const quick = { retries: 2, firstDelay: 1, timeout: 5000 }
const stores: [string, FileStore][] = [
  ['disk', diskStore(join(folder, 'store'))],
  ['S3', s3Store(s3.url, quick)],
]

async function file(content: Buffer | string): Promise<FileOnDisk> {
  const path = join(folder, newId())
  writeFileSync(path, content)
  return measureFile(path)
}

const contentOf = async (store: FileStore, key: string) => {
  const stream = await store.get(key)
  return stream && (await buffer(stream))
}
async function listed(store: FileStore): Promise<StoredObject[]> {
  const objects: StoredObject[] = []
  for await (const object of store.list()) objects.push(object)
  return objects
}
const keysIn = async (store: FileStore) => (await listed(store)).map(({ key }) => key)

describe.each(stores)('the store on %s', (_, store) => {
  test('gives back what it was given, byte for byte', async () => {
    const [key, content] = [newId(), randomBytes(3_000_000)]
    await store.put(key, await file(content))
    expect((await contentOf(store, key))!.equals(content)).toBe(true)
  })

  test('gives a piece of what it was given', async () => {
    const key = newId()
    await store.put(key, await file('0123456789'))
    expect(String(await buffer((await store.get(key, { first: 2, last: 4 }))!))).toBe('234')
  })

  test('keeps an empty file', async () => {
    const key = newId()
    await store.put(key, await file(''))
    expect(await contentOf(store, key)).toHaveLength(0)
  })

  test('has nothing under a key it was never given, and removes that without complaint', async () => {
    const key = newId()
    expect(await store.get(key)).toBeNull()
    await store.remove(key)
  })

  test('replaces what was there', async () => {
    const key = newId()
    await store.put(key, await file('first'))
    await store.put(key, await file('second, and longer'))
    expect(String(await contentOf(store, key))).toBe('second, and longer')
  })

  test('lists every part of every file with size and time, however many there are', async () => {
    const ids = Array.from({ length: 5 }, newId)
    for (const id of ids) await store.put(id, await file('12345'))
    await store.put(`${ids[0]}.preview`, await file('1'))
    const objects = await listed(store)
    for (const key of [...ids, `${ids[0]}.preview`]) {
      const found = objects.find(one => one.key === key)!
      expect(found.bytes).toBe(key.endsWith('preview') ? 1 : 5)
      expect(Math.abs(found.at.getTime() - Date.now())).toBeLessThan(60_000)
    }
  })

  test('forgets what is removed', async () => {
    const key = newId()
    await store.put(key, await file('gone'))
    await store.remove(key)
    expect(await store.get(key)).toBeNull()
    expect(await keysIn(store)).not.toContain(key)
  })

  test.each(['../../etc/passwd', 'a/b', '', '.', `${newId()}/..`, `${newId()}.PREVIEW`])('takes no key like %j', async key => {
    await expect(store.put(key, await file('x'))).rejects.toThrow('is not a key')
    await expect(store.get(key)).rejects.toThrow('is not a key')
    await expect(store.remove(key)).rejects.toThrow('is not a key')
  })

  test('keeps many files at the same time', async () => {
    const contents = Array.from({ length: 12 }, () => ({ key: newId(), content: randomBytes(50_000) }))
    await Promise.all(contents.map(async ({ key, content }) => store.put(key, await file(content))))
    for (const { key, content } of contents) expect((await contentOf(store, key))!.equals(content)).toBe(true)
  })

  test('can be used as it is', async () => {
    await store.check()
  })
})

describe('the store on disk', () => {
  test('leaves nothing half-written where the file cannot be read, and lets nobody else read it', async () => {
    const root = join(folder, 'modes')
    const store = diskStore(root)
    const key = newId()
    await expect(store.put(key, { path: join(folder, 'nothing'), bytes: 1, sha256: '' })).rejects.toThrow('ENOENT')
    expect(readdirSync(join(root, key.slice(34, 36)))).toEqual([])
    await store.put(key, await file('secret'))
    expect(statSync(join(root, key.slice(34, 36), key)).mode & 0o777).toBe(0o600)
    expect(statSync(join(root, key.slice(34, 36))).mode & 0o777).toBe(0o700)
  })

  test.skipIf(process.getuid?.() === 0)('says where it may not write', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    await expect(diskStore(join(closed, 'files')).check()).rejects.toThrow(StartFailure)
  })
})

describe('the store on S3', () => {
  const store = s3Store(s3.url, quick)

  test.each([[[503]], [[500, 429]], [['cut' as const, 503]]])('tries again after %j', async trouble => {
    const key = newId()
    s3.trouble.push(...trouble)
    await store.put(key, await file('persistent'))
    expect(String(await contentOf(store, key))).toBe('persistent')
  })

  test('gives up after its last try, and says so', async () => {
    s3.trouble.push(500, 500, 500)
    await expect(store.put(newId(), await file('x'))).rejects.toThrow('answers PUT with 500 InternalError')
    s3.trouble.push('cut', 'cut', 'cut')
    await expect(store.get(newId())).rejects.toThrow('cannot be reached')
    expect(s3.trouble).toEqual([])
  })

  test('waits for its answer only so long, and for a slow reader as long as he needs', async () => {
    const [key, content] = [newId(), randomBytes(3_000_000)]
    await store.put(key, await file(content))
    const stream = (await s3Store(s3.url, { ...quick, timeout: 200 }).get(key))!
    await wait(400)
    expect((await buffer(stream)).equals(content)).toBe(true)
  })

  test('does not try again what was refused', async () => {
    const before = s3.requests.length
    s3.trouble.push(403)
    await expect(store.put(newId(), await file('x'))).rejects.toThrow('403')
    expect(s3.requests.length - before).toBe(1)
  })

  test('bytes that differ from what was signed are refused', async () => {
    const { path, bytes } = await file('what arrives')
    const other = await file('what was signed')
    await expect(store.put(newId(), { path, bytes, sha256: other.sha256 })).rejects.toThrow('XAmzContentSHA256Mismatch')
  })

  test('a bucket that is not there is not the same as a file that is not there', async () => {
    const elsewhere = s3Store(s3.url.replace('/machines/', '/machinery/'), quick)
    await expect(elsewhere.get(newId())).rejects.toThrow('404 NoSuchBucket')
  })

  test('stays below its folder of the bucket', async () => {
    s3.objects.set('elsewhere/0198c000-0000-7000-8000-000000000000', { content: Buffer.from('x'), at: new Date() })
    expect(await keysIn(store)).not.toContain('0198c000-0000-7000-8000-000000000000')
    expect([...s3.objects.keys()].filter(key => !key.startsWith('portal/'))).toHaveLength(1)
  })

  test('a wrong secret stops the start with one sentence that does not show it', async () => {
    const wrong = s3Store(s3.url.replace(/:secret[^@]+@/, ':wrong-secret@'), quick)
    await expect(wrong.check()).rejects.toThrow(StartFailure)
    await expect(wrong.check()).rejects.toThrow(
      /^FILES_URL: .+403 SignatureDoesNotMatch\. Check key, secret, bucket and region\.$/,
    )
  })

  test('a store that is away at the start does not keep the portal from starting', async () => {
    const closed = await startS3Server('closed')
    await closed.close()
    await s3Store(closed.url, { ...quick, retries: 0 }).check()
  })

  test('an address says where the bucket is', () => {
    expect(readS3Address('s3://k:s%2F1@oss-cn-shanghai.aliyuncs.com/machines?region=oss-cn-shanghai&style=host')).toMatchObject({
      secretAccessKey: 's/1',
      bucket: new URL('https://machines.oss-cn-shanghai.aliyuncs.com/'),
      prefix: '',
    })
    expect(readS3Address('s3://k:s@minio:9000/b/one/two?tls=false')).toMatchObject({
      bucket: new URL('http://minio:9000/b/'),
      prefix: 'one/two/',
    })
  })
})
