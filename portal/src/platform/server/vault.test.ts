import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { newKey } from './cipher.ts'
import { openDatabase } from './database.ts'
import { createLog } from './log.ts'
import { type MasterKey, readMasterKeys } from './master-keys.ts'
import { openSignals } from './signals.ts'
import { openVault } from './vault.ts'

const { url, drop } = await cloneDatabase()
const database = openDatabase(url, () => {})
const signals = await openSignals(url, createLog('error'))
afterAll(async () => {
  await signals.close()
  await database.close()
  await drop()
})

const master: MasterKey = { name: 'first', key: newKey() }
const open = (masters: readonly MasterKey[] = [master]) => openVault(database, signals, masters)
const vault = await open()
const [wang, li] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']

test('what one process sealed another opens, in its own place only', async () => {
  const sealed = await vault.seal('wang@example.com', 'person.email')
  expect(sealed).not.toContain('wang')
  const other = await open()
  expect(await other.open(sealed, 'person.email')).toBe('wang@example.com')
  await expect(other.open(sealed, 'contact.email')).rejects.toThrow()
  await expect(other.open(`${sealed.slice(0, -2)}AA`, 'person.email')).rejects.toThrow()
  await expect(other.open('wang@example.com', 'person.email')).rejects.toThrow('not sealed by the vault')
})

test('a look-up by keyed hash is the same in every process and another for another place', async () => {
  const other = await open()
  expect(other.digest('wang@example.com', 'person.email')).toBe(vault.digest('wang@example.com', 'person.email'))
  expect(vault.digest('wang@example.com', 'contact.email')).not.toBe(vault.digest('wang@example.com', 'person.email'))
})

test('a new data key is used by every process, and what the old one sealed still opens', async () => {
  const other = await open()
  const before = await vault.seal('before', 'a.b')
  const number = await vault.renewDataKey()
  const after = await vault.seal('after', 'a.b')
  expect(after.startsWith(`v1.${number}.`)).toBe(true)
  expect(await other.open(after, 'a.b')).toBe('after') // it may not have heard of the key yet
  expect(other.currentDataKey()).toBe(number)
  expect(await other.open(before, 'a.b')).toBe('before')
})

test('what was sealed for a subject opens until he is forgotten, and nothing is sealed for him after that', async () => {
  const seal = (subject: string) => database.transaction(() => vault.sealFor(subject, 'Suzhou', 'audit'))
  const [his, other] = [await seal(wang), await seal(li)]
  expect(await vault.openFor(wang, his!, 'audit')).toBe('Suzhou')
  await expect(vault.openFor(li, his!, 'audit')).rejects.toThrow()
  await vault.forget(wang)
  await vault.forget(wang)
  expect(await vault.openFor(wang, his!, 'audit')).toBeNull()
  expect(await seal(wang)).toBeNull()
  expect(await vault.openFor(li, other!, 'audit')).toBe('Suzhou')
})

test('two transactions that first seal for one subject use one key', async () => {
  const subject = '01900000-0000-7000-8000-000000000003'
  const sealed = await Promise.all(['a', 'b', 'c'].map(text => database.transaction(() => vault.sealFor(subject, text, 'audit'))))
  expect(await Promise.all(sealed.map(one => vault.openFor(subject, one!, 'audit')))).toEqual(['a', 'b', 'c'])
})

test('a new master key takes over without a new word of data; then the old one may go', async () => {
  const sealed = await vault.seal('kept', 'a.b')
  const own = await database.transaction(() => vault.sealFor(li, 'his', 'audit'))
  const next: MasterKey = { name: 'next', key: newKey() }
  const both = await open([next, master])
  expect(await both.rewrap()).toBeGreaterThan(3)
  expect(await both.rewrap()).toBe(0)
  const alone = await open([next])
  expect(await alone.open(sealed, 'a.b')).toBe('kept')
  expect(await alone.openFor(li, own!, 'audit')).toBe('his')
  await expect(open([master])).rejects.toThrow('ENCRYPTION_KEYS holds no key named "next"')
  await expect(open([{ ...next, key: newKey() }])).rejects.toThrow('the key named "next" is not the one')
  await (await open([master, next])).rewrap()
})

test.each([
  ['main', null],
  ['main:short', null],
  [`main:${Buffer.alloc(32).toString('base64')},main:${Buffer.alloc(32).toString('base64')}`, null],
  [`new:${Buffer.alloc(32, 1).toString('base64')}, old:${Buffer.alloc(32, 2).toString('base64')}`, ['new', 'old']],
])('ENCRYPTION_KEYS=%s reads as %s', (text, names) => {
  expect(readMasterKeys(text)?.map(({ name }) => name) ?? null).toEqual(names)
})
