import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { openDatabase } from './database.ts'
import { createRateLimits, networkOf } from './rate-limits.ts'

const own = await cloneDatabase()
const database = openDatabase(own.url, () => {}, { max: 8 })
afterAll(async () => {
  await database.close()
  await own.drop()
})

const warnings: string[] = []
const log = { info() {}, warn: (_: unknown, text: string) => warnings.push(text), error() {} }
/** one portal process among several */
const process = () => createRateLimits(database, 'secret', log)
const slow = { burst: 20, perMinute: 1 }

const grantedOf = async (takes: Promise<{ granted: boolean }>[]) => (await Promise.all(takes)).filter(take => take.granted).length

test('three processes grant together what the limit allows, whoever is asked and however many ask at once', async () => {
  const processes = [process(), process(), process()]
  const takes = Array.from({ length: 120 }, (_, i) => processes[i % 3]!.take('read', 'address 192.0.2.1', slow))
  expect(await grantedOf(takes)).toBe(slow.burst)
})

test('another address, another kind and another secret are counted on their own', async () => {
  const one = process()
  const spend = (limits: typeof one, kind: string, who: string) =>
    grantedOf(Array.from({ length: 30 }, () => limits.take(kind, who, slow)))
  expect(await spend(one, 'kind-a', 'address a')).toBe(20)
  expect(await spend(one, 'kind-a', 'address b')).toBe(20)
  expect(await spend(one, 'kind-b', 'address a')).toBe(20)
  expect(await spend(createRateLimits(database, 'other', log), 'kind-a', 'address a')).toBe(20)
})

test('time gives back what was used, and a refusal says when', async () => {
  const limits = process()
  const quick = { burst: 2, perMinute: 600 }
  await grantedOf(Array.from({ length: 2 }, () => limits.take('quick', 'a', quick)))
  expect(await limits.take('quick', 'a', quick)).toMatchObject({ granted: false, left: 0, retryAfter: 1 })
  await delay(1000)
  expect(await limits.take('quick', 'a', quick)).toMatchObject({ granted: true, left: 1 })
})

test('a busy key asks the database now and then, a refused one not at all', async () => {
  let questions = 0
  const query = (...words: unknown[]) => {
    questions++
    return database.pool.query(...(words as [string]))
  }
  const counting = { ...database, pool: { query } as unknown as typeof database.pool }
  const limits = createRateLimits(counting, 'secret', log)
  const wide = { burst: 1000, perMinute: 1 }
  for (let sent = 0; sent < 1000; sent++) expect((await limits.take('busy', 'a', wide)).granted).toBe(true)
  expect(questions).toBeLessThan(25)
  await limits.take('busy', 'a', wide)
  const before = questions
  for (let sent = 0; sent < 100; sent++) expect((await limits.take('busy', 'a', wide)).granted).toBe(false)
  expect(questions).toBe(before)
})

test('the database knows no address and no account', async () => {
  await process().take('kept', 'address 198.51.100.77', slow)
  const { rows } = await database.pool.query<{ row: string }>('select rate_limit::text as row from rate_limit')
  expect(rows.length).toBeGreaterThan(0)
  for (const { row } of rows) expect(row).not.toMatch(/198\.51|address|kept/)
})

test('while the database is away the process counts for itself, and says so once', async () => {
  const gone = openDatabase('postgres://nobody@127.0.0.1:1/none', () => {}, { max: 1 })
  const limits = createRateLimits(gone, 'secret', log)
  warnings.length = 0
  const takes: boolean[] = []
  for (let sent = 0; sent < 30; sent++) takes.push((await limits.take('alone', 'a', slow)).granted)
  expect(takes.filter(Boolean)).toHaveLength(slow.burst)
  expect(warnings).toEqual([expect.stringContaining('the database does not answer')])
  await gone.close()
})

test.each([
  ['2001:db8::1', '2001:db8:0:0:ffff::2', true],
  ['2001:DB8:0:0::1', '2001:db8::2', true],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['::ffff:192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
])('%s and %s count as one subscriber: %s', (one, other, same) => {
  expect(networkOf(one) === networkOf(other)).toBe(same)
})
