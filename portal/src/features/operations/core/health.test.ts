import { expect, test } from 'vitest'
import { attackSigns } from '#platform/core'
import { type HealthReadings, judge, worst } from './health.ts'
import { texts } from './texts.ts'

const now = Date.parse('2026-11-25T12:00:00Z')
const day = 86_400_000
const GB = 1024 ** 3

const good: HealthReadings = {
  now,
  demo: false,
  database: { version: '18.4', bytes: 40_000_000, connections: 12, maxConnections: 100, waitedMs: 0, pool: 10 },
  migrations: { last: '0014', newer: [] },
  listeners: [{ name: 'sales.open-lead', behind: 0, oldest: null, attempts: 0 }],
  queues: [{ name: 'platform.send-mail', waiting: 0, active: 1, oldest: null }],
  deadLetters: { events: 0, jobs: 0, mails: 0 },
  warehouse: { state: 'up', version: '26.7.2.1', bytes: 1_000_000, reason: null, behind: 0, oldest: null },
  mail: { by: 'environment', waiting: 0 },
  storage: [{ name: 'data', free: 80 * GB, size: 200 * GB }],
  versions: { fettle: '1.2.0', node: '24.21.0', system: 'linux x64', since: now - day },
  certificate: { kind: 'found', from: 'file', expires: now + 60 * day, names: 'portal.example.com' },
  backup: { at: now - day, bytes: 1_000_000, verifiedAt: now - 3 * day, failed: null, log: { reachesTo: now, missing: 0 } },
  attack: { mode: 'auto', strict: false, since: null, why: null, by: null, signs: [{ sign: 'late', value: 3, alarming: 250 }] },
  broker: { kind: 'embedded', address: 'mqtts://portal.example.com:8883', connections: 12, waiting: 0 },
  advisories: { at: now - 2 * day, fettle: '1.2.0', critical: 0, high: 0, moderate: 0, low: 0, items: [] },
}

test('a portal in order is fine in every part', () => {
  expect(judge(good).filter(({ state }) => state !== 'fine')).toEqual([])
  expect(worst(judge(good).map(({ state }) => state))).toBe('fine')
})

test.each<[string, Partial<HealthReadings>, string, string, string]>([
  ['connections run out', { database: { ...good.database, connections: 95 } }, 'database', 'warning', 'crowded'],
  ['requests wait for a connection', { database: { ...good.database, waitedMs: 3000 } }, 'database', 'warning', 'waiting'],
  ['there is no mail server', { mail: { by: 'nothing', waiting: 0 } }, 'mail', 'warning', 'none'],
  ['mails wait for a mail server', { mail: { by: 'nothing', waiting: 3 } }, 'mail', 'failing', 'none'],
  [
    'a listener is two minutes behind',
    { listeners: [{ name: 'l', behind: 5, oldest: now - 120_000, attempts: 1 }] },
    'listeners',
    'warning',
    'late',
  ],
  [
    'a listener is an hour behind',
    { listeners: [{ name: 'l', behind: 5, oldest: now - 3_600_000, attempts: 7 }] },
    'listeners',
    'failing',
    'late',
  ],
  [
    'a job waits for two minutes',
    { queues: [{ name: 'q', waiting: 1, active: 0, oldest: now - 120_000 }] },
    'jobs',
    'warning',
    'late',
  ],
  [
    'the warehouse is away',
    { warehouse: { ...good.warehouse, state: 'away', reason: 'ECONNREFUSED', behind: 3, oldest: now - 60_000 } },
    'warehouse',
    'warning',
    'away',
  ],
  [
    'events have waited for the warehouse for two hours',
    { warehouse: { ...good.warehouse, state: 'away', reason: 'ECONNREFUSED', behind: 3, oldest: now - 7_200_000 } },
    'warehouse',
    'failing',
    'away',
  ],
  [
    'the warehouse is an hour behind',
    { warehouse: { ...good.warehouse, behind: 90_000, oldest: now - 3_600_000 } },
    'warehouse',
    'warning',
    'behind',
  ],
  ['a mail was refused', { deadLetters: { events: 0, jobs: 0, mails: 1 } }, 'deadLetters', 'warning', 'some'],
  [
    'signs of an attack were seen',
    { attack: { ...good.attack, strict: true, since: now, why: 'refused' } },
    'attack',
    'warning',
    'refused',
  ],
  ['the stricter mode was switched on', { attack: { ...good.attack, mode: 'on', strict: true } }, 'attack', 'warning', 'on'],
  ['the stricter mode was switched off', { attack: { ...good.attack, mode: 'off' } }, 'attack', 'warning', 'off'],
  ['the disk is nearly full', { storage: [{ name: 'data', free: 15 * GB, size: 200 * GB }] }, 'storage', 'warning', 'low'],
  ['the disk is full', { storage: [{ name: 'data', free: 100_000_000, size: 200 * GB }] }, 'storage', 'failing', 'low'],
  ['visitors come by plain HTTP', { certificate: { kind: 'none' } }, 'certificate', 'warning', 'none'],
  [
    'the certificate ends in two weeks',
    { certificate: { kind: 'found', from: 'file', expires: now + 14.5 * day, names: '' } },
    'certificate',
    'warning',
    'soon',
  ],
  [
    'the certificate ends this week',
    { certificate: { kind: 'found', from: 'file', expires: now + 3.5 * day, names: '' } },
    'certificate',
    'failing',
    'soon',
  ],
  [
    'the certificate has ended',
    { certificate: { kind: 'found', from: 'address', expires: now - day, names: '' } },
    'certificate',
    'failing',
    'expired',
  ],
  [
    'the certificate cannot be read',
    { certificate: { kind: 'unreadable', error: 'ENOENT' } },
    'certificate',
    'warning',
    'unreadable',
  ],
  ['the port for devices is taken', { broker: { kind: 'off', reason: 'port-taken', port: 1883 } }, 'broker', 'warning', 'taken'],
  [
    'the broker outside is away',
    { broker: { kind: 'external', address: 'mqtts://b', connected: false, trouble: 'ECONNREFUSED', waiting: 0 } },
    'broker',
    'failing',
    'away',
  ],
  [
    'the broker outside refuses the portal',
    { broker: { kind: 'external', address: 'mqtts://b', connected: true, trouble: 'no rights', waiting: 0 } },
    'broker',
    'failing',
    'refused',
  ],
  [
    'messages of devices cannot be written as fast as they come',
    { broker: { kind: 'embedded', address: 'mqtts://b', connections: 9, waiting: 30_000 } },
    'broker',
    'warning',
    'behind',
  ],
  ['there is no backup', { backup: null }, 'backup', 'failing', 'none'],
  [
    'the last backup failed',
    { backup: { ...good.backup!, failed: { at: now, error: 'disk full' } } },
    'backup',
    'failing',
    'failed',
  ],
  ['the last backup is three days old', { backup: { ...good.backup!, at: now - 3 * day } }, 'backup', 'warning', 'old'],
  ['the last backup is ten days old', { backup: { ...good.backup!, at: now - 10 * day } }, 'backup', 'failing', 'old'],
  [
    'the log since the last backup has a gap',
    { backup: { ...good.backup!, log: { reachesTo: now, missing: 2 } } },
    'backup',
    'failing',
    'gap',
  ],
  ['no backup was ever restored', { backup: { ...good.backup!, verifiedAt: null } }, 'backup', 'warning', 'unverified'],
  ['nobody has asked for advisories', { advisories: null }, 'advisories', 'warning', 'none'],
  [
    'the report is of another version',
    { advisories: { ...good.advisories!, fettle: '1.1.0' } },
    'advisories',
    'warning',
    'other',
  ],
  ['the report is old', { advisories: { ...good.advisories!, at: now - 40 * day } }, 'advisories', 'warning', 'old'],
  ['something high is known', { advisories: { ...good.advisories!, high: 1 } }, 'advisories', 'failing', 'some'],
  ['something low is known', { advisories: { ...good.advisories!, low: 1 } }, 'advisories', 'warning', 'some'],
  ['a newer version has migrated', { migrations: { last: '0015', newer: ['0015'] } }, 'versions', 'warning', 'newer'],
])('where %s, that part alone says so and what to do', (_, change, id, state, says) => {
  const findings = judge({ ...good, ...change })
  expect(findings.filter(finding => finding.state !== 'fine')).toMatchObject([{ id, state, says, advice: expect.any(String) }])
})

test('a demo is not blamed for what only a real portal needs', () => {
  const findings = judge({ ...good, demo: true, certificate: { kind: 'none' }, backup: null, advisories: null })
  expect(findings.filter(({ state }) => state === 'unknown').map(({ id }) => id)).toEqual(['certificate', 'backup', 'advisories'])
  expect(worst(findings.map(({ state }) => state))).toBe('fine')
})

test('every finding has its words', () => {
  const attacked = attackSigns.map(why => ({
    attack: { ...good.attack, strict: true, since: now, why, by: '李' },
  }))
  const switched = (['on', 'off'] as const).map(mode => ({ attack: { ...good.attack, mode, strict: mode === 'on' } }))
  const changes: Partial<HealthReadings>[] = [
    {},
    ...attacked,
    ...switched,
    { demo: true, certificate: { kind: 'none' }, backup: null, advisories: null },
    { warehouse: { ...good.warehouse, state: 'asleep', version: null, bytes: null } },
    { warehouse: { ...good.warehouse, state: 'away', reason: 'ECONNREFUSED' } },
    { warehouse: { ...good.warehouse, behind: 1, oldest: now - day } },
    { broker: { kind: 'off', reason: 'no-feature', port: null } },
    { broker: { kind: 'off', reason: 'no-port', port: null } },
    { broker: { kind: 'external', address: 'mqtts://b', connected: true, trouble: null, waiting: 0 } },
  ]
  const words = texts['zh-CN'].health as unknown as Record<string, Record<string, string>>
  const facts = texts['zh-CN'].fact as Record<string, string>
  for (const { id, says, advice, facts: own, parts } of changes.flatMap(change => judge({ ...good, ...change }))) {
    for (const key of ['title', says, ...(advice ? [advice] : [])])
      expect([id, key, words[id]?.[key]]).toEqual([id, key, expect.any(String)])
    for (const { label } of [...own, ...parts.flatMap(part => part.facts)])
      expect([label, facts[label]]).toEqual([label, expect.any(String)])
  }
})
