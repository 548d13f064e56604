import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { createAudit } from './audit.ts'
import { type AuditTables, verifyChain } from './audit-chain.ts'
import { newKey } from './cipher.ts'
import { openDatabase } from './database.ts'
import { newId } from './ids.ts'
import { createLog } from './log.ts'
import { openSignals } from './signals.ts'
import { openVault } from './vault.ts'

/** A database of its own with its log. */
async function openAudit() {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, () => {})
  const signals = await openSignals(url, createLog('error'))
  const vault = await openVault(database, signals, [{ name: 'test', key: newKey() }])
  afterAll(async () => {
    await signals.close()
    await database.close()
    await drop()
  })
  const lines: Record<string, unknown>[] = []
  const log = createLog('info', { write: line => void lines.push(JSON.parse(line)) })
  const audit = createAudit(database, vault, { now: () => new Date(), newId: () => newId(), log })
  const entries = () => database.db<AuditTables>().selectFrom('audit_entry').selectAll().orderBy('position').execute()
  /** as somebody who owns the database and does not keep to our rules */
  const tamper = (statement: string) =>
    database.pool.query(
      `begin; alter table audit_entry disable trigger all; ${statement}; alter table audit_entry enable trigger all; commit`,
    )
  return {
    database,
    vault,
    audit,
    lines,
    entries,
    tamper,
    verify: (anchors = []) => verifyChain(database, vault.auditKey, anchors),
  }
}

const admin = {
  actor: { kind: 'account', id: '01900000-0000-7000-8000-00000000000a' },
  address: '203.0.113.9',
  requestId: 'request-1',
} as const
const target = { kind: 'account', id: '01900000-0000-7000-8000-00000000000b' }

test('what is kept is a line of the log too, without what is personal, and a refusal a warning', async () => {
  const { audit, database, lines } = await openAudit()
  const personal = [{ subjectId: target.id, values: { email: 'wang@example.com' } }]
  await audit.acting(admin, () =>
    database.transaction(() =>
      audit.write({ action: 'thing.made', target, facts: { rows: 3 }, reason: 'asked by Wang', personal }),
    ),
  )
  await database
    .transaction(() => audit.write({ action: 'thing.lost' }).then(() => Promise.reject(new Error('no'))))
    .catch(() => {})
  await audit.acting(admin, () => audit.refuse({ action: 'thing.exported' }))
  const who = { actor: 'account', account: admin.actor.id, requestId: 'request-1', msg: 'audit' }
  expect(lines).toMatchObject([
    { level: 'info', ...who, action: 'thing.made', outcome: 'done', target: `account ${target.id}`, facts: { rows: 3 } },
    { level: 'warn', ...who, action: 'thing.exported', outcome: 'refused' },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/wang|203\.0\.113/i)
})

test('an entry commits with the transaction it was written in, and not without it', async () => {
  const { audit, database, entries } = await openAudit()
  await database.transaction(() => audit.write({ action: 'thing.made', target }))
  const broken = database.transaction(async () => {
    await audit.write({ action: 'thing.lost' })
    throw new Error('rolled back')
  })
  await expect(broken).rejects.toThrow('rolled back')
  await audit.acting(admin, () => audit.refuse({ action: 'thing.exported' }))
  expect(await entries()).toMatchObject([
    { position: 1, action: 'thing.made', actor_kind: 'system', target_kind: 'account', target_id: target.id, outcome: 'done' },
    {
      position: 2,
      action: 'thing.exported',
      actor_kind: 'account',
      actor_id: admin.actor.id,
      outcome: 'refused',
      request_id: 'request-1',
    },
  ])
  await expect(database.transaction(() => audit.refuse({ action: 'thing.lost' }))).rejects.toThrow('would be rolled back')
})

test('personal values lie under the key of the person they tell of, and the chain holds after he is erased', async () => {
  const { audit, vault, entries, verify } = await openAudit()
  await audit.acting(admin, () =>
    audit.write({
      action: 'account.changed',
      target,
      before: { language: 'en' },
      after: { language: 'zh-CN' },
      reason: '客户来电要求',
      personal: [{ subjectId: target.id, values: { before: { email: 'old@example.com' }, after: { email: 'new@example.com' } } }],
    }),
  )
  const [entry] = await entries()
  expect(JSON.stringify(entry)).not.toMatch(/example\.com|203\.0|客户/)
  expect(entry!.changes).toEqual({ before: { language: 'en' }, after: { language: 'zh-CN' } })
  const personal = entry!.personal as unknown as { subject: string; sealed: string }[]
  const opened = () => Promise.all(personal.map(({ subject, sealed }) => vault.openFor(subject, sealed, 'audit_entry.personal')))
  expect((await opened()).map(text => JSON.parse(text!))).toEqual([
    { address: '203.0.113.9', reason: '客户来电要求' },
    { before: { email: 'old@example.com' }, after: { email: 'new@example.com' } },
  ])
  await vault.forget(target.id)
  expect((await opened())[1]).toBeNull()
  expect(await verify()).toMatchObject({ entries: 1, broken: null })
})

test('many transactions at once give one chain without a gap', async () => {
  const { audit, database, entries, verify } = await openAudit()
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      database.transaction(async () => {
        await audit.write({
          action: 'thing.made',
          facts: { n },
          personal: [{ subjectId: n % 2 ? target.id : admin.actor.id, values: { n } }],
        })
        await audit.write({
          action: 'thing.sold',
          facts: { n },
          personal: [{ subjectId: n % 2 ? admin.actor.id : target.id, values: { n } }],
        })
      }),
    ),
  )
  expect((await entries()).map(({ position }) => position)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
  expect(await verify()).toMatchObject({ entries: 120, broken: null })
})

test('an entry cannot be changed, removed or emptied out by the portal itself', async () => {
  const { audit, database } = await openAudit()
  await audit.write({ action: 'thing.made' })
  for (const statement of [`update audit_entry set action = 'thing.kept'`, 'delete from audit_entry', 'truncate audit_entry'])
    await expect(database.pool.query(statement)).rejects.toThrow('only ever added to')
})

test.each([
  [
    'a changed fact',
    `update audit_entry set changes = '{"facts":{"n":99}}' where position = 3`,
    { position: 3, reason: 'changed' },
  ],
  ['another actor', `update audit_entry set actor_id = gen_random_uuid() where position = 2`, { position: 2, reason: 'changed' }],
  ['another time', `update audit_entry set at = at + interval '1 second' where position = 5`, { position: 5, reason: 'changed' }],
  ['a removed entry', 'delete from audit_entry where position = 4', { position: 4, reason: 'missing' }],
  ['a cut end', 'delete from audit_entry where position > 4', { position: 4, reason: 'head' }],
  [
    'two that changed places',
    'update audit_entry set position = -position where position in (2, 3); update audit_entry set position = 5 + position where position < 0',
    { position: 2, reason: 'changed' },
  ],
])('the check finds %s', async (_, statement, broken) => {
  const { audit, tamper, verify } = await openAudit()
  for (let n = 1; n <= 5; n++) await audit.acting(admin, () => audit.write({ action: 'thing.made', facts: { n } }))
  expect((await verify()).broken).toBeNull()
  await tamper(statement)
  expect((await verify()).broken).toEqual(broken)
})

test('an end that was cut off together with its head shows only at an anchor kept elsewhere', async () => {
  const { audit, database, tamper, verify } = await openAudit()
  for (let n = 1; n <= 5; n++) await audit.write({ action: 'thing.made', facts: { n } })
  const { head } = await verify()
  await tamper('delete from audit_entry where position > 3')
  await database.pool.query(
    'update audit_head set (position, hash) = (select position, hash from audit_entry where position = 3)',
  )
  expect((await verify()).broken).toBeNull()
  expect((await verify([head] as never)).broken).toEqual({ position: 5, reason: 'anchor' })
})
