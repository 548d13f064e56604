import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { createLog, type ServerFeature } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { type LetterName, listDeadLetters, replayDeadLetters, setLettersAside, takeLettersBack } from '../core/index.ts'
import { operations } from './index.ts'

let broken = true
const handled: string[] = []
const fragile: ServerFeature = {
  name: 'test',
  on: {
    'lead.assigned': [
      {
        name: 'test.fragile',
        async handle({ id, data }, { database }) {
          await sql`insert into note (text) values (${data.leadId})`.execute(database.db())
          if (broken) throw new Error('Cannot reach wang@hongyuan.example at +86 139 5740 0042')
          handled.push(id)
        },
      },
    ],
  },
  jobs: {
    'test.fragile': {
      retries: 0,
      async handle(data) {
        if (broken) throw new Error('no')
        handled.push((data as { leadId: string }).leadId)
      },
    },
  },
}

let refusing = true
const taken: string[] = []
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo: (_, __, answer) =>
    answer(refusing ? Object.assign(new Error('<li@hongyuan.example> is unknown here'), { responseCode: 550 }) : null),
  onData(stream, _, done) {
    let text = ''
    stream.on('data', chunk => {
      text += chunk
    })
    stream.on('end', () => {
      taken.push(text)
      done()
    })
  },
})
const port = await new Promise<number>(resolve => {
  smtp.listen(0, '127.0.0.1', () => resolve((smtp.server.address() as { port: number }).port))
})
afterAll(() => new Promise<void>(resolve => smtp.close(() => resolve())))

const { api, platform, database, mails, request } = await testPortal({
  features: [accounts, fragile, operations],
  events: { attempts: 1 },
  log: createLog('silent'),
  config: { smtpUrl: `smtp://127.0.0.1:${port}` },
})
await sql`create table note (text text)`.execute(database.db())
const admin = await api('admin')
const leadId = '01a213ed-ef74-706e-b49c-0e8bc894a013'

beforeEach(async () => {
  await mails()
  await sql`truncate note, event, event_parked, caught_mail, job_set_aside`.execute(database.db())
  await sql`delete from job.job where state = 'failed'`.execute(database.db())
  broken = true
  refusing = true
  handled.length = 0
  taken.length = 0
})

const letters = async (query: object = {}) => (await admin.call(listDeadLetters, { query })).items
const nameOf = ({ kind, source, id }: LetterName): LetterName => ({ kind, source, id })
const happen = () => database.transaction(() => platform.record('lead.assigned', { leadId, assigneeId: null }))
const notes = async () => (await sql`select * from note`.execute(database.db())).rows.length

test('an event whose listener failed for the last time is replayed in one transaction with its leaving the list, once', async () => {
  const eventId = await happen()
  await mails()
  const [letter] = await letters()
  expect(letter).toMatchObject({
    kind: 'event',
    source: 'test.fragile',
    id: eventId,
    what: 'lead.assigned',
    error: 'Cannot reach … at …',
    attempts: 1,
    ids: { leadId },
    setAside: null,
  })

  const replay = () => admin.call(replayDeadLetters, { body: { letters: [nameOf(letter!)] } })
  expect(await replay()).toMatchObject({ results: [{ outcome: 'failed', error: 'Cannot reach … at …' }], left: 1 })
  expect(await letters()).toMatchObject([{ attempts: 2 }])
  expect(await notes()).toBe(0) // nothing half-written

  broken = false
  const outcomes = (await Promise.all([replay(), replay(), replay()])).map(({ results }) => results[0]!.outcome)
  expect(outcomes.toSorted()).toEqual(['gone', 'gone', 'handled'])
  expect(handled).toEqual([eventId])
  expect(await notes()).toBe(1)
  expect(await letters()).toEqual([])
})

test('everything from one source is tried again, oldest first', async () => {
  const ids = [await happen(), await happen(), await happen()]
  await mails()
  await platform.jobs.enqueue('test.fragile', { leadId })
  await mails()
  expect((await admin.call(listDeadLetters, {})).sources).toEqual([
    { kind: 'event', source: 'test.fragile', count: 3 },
    { kind: 'job', source: 'test.fragile', count: 1 },
  ])
  broken = false
  const { results, left } = await admin.call(replayDeadLetters, { body: { from: { kind: 'event', source: 'test.fragile' } } })
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map(id => [id, 'handled']))
  expect(left).toBe(0)
  expect(handled).toEqual(ids)
  expect(await letters()).toMatchObject([{ kind: 'job' }])
})

test('a job that was given up runs again, is not forgotten by the job library, and shows ids only', async () => {
  const id = await platform.jobs.enqueue('test.fragile', { leadId, email: 'wang@hongyuan.example', token: 'secret' })
  await mails()
  const [letter] = await letters({ kind: 'job' })
  expect(letter).toMatchObject({ kind: 'job', source: 'test.fragile', id, error: 'no', attempts: 1, ids: { leadId } })
  expect(JSON.stringify(letter)).not.toMatch(/wang|secret/)

  await operations.jobs!['operations.keep-failed-jobs']!.handle({}, { platform, jobId: '', lastTry: true })
  const kept = await sql<{ deletion_seconds: number }>`select deletion_seconds from job.job where id = ${id}`.execute(
    database.db(),
  )
  expect(kept.rows).toEqual([{ deletion_seconds: 0 }])

  broken = false
  const replay = () => admin.call(replayDeadLetters, { body: { letters: [nameOf(letter!)] } })
  expect((await replay()).results).toMatchObject([{ outcome: 'queued' }])
  expect((await replay()).results).toMatchObject([{ outcome: 'gone' }])
  await expect.poll(() => handled, { timeout: 15_000 }).toEqual([leadId])
  expect(await letters()).toEqual([])
})

test('a refused mail goes out as it was once the server takes it', async () => {
  await platform.mail.send({
    to: 'li@hongyuan.example',
    replyTo: 'sales@zhizao.example',
    subject: 'Quote',
    text: 'Good day',
    attachments: [{ filename: 'sheet.txt', contentType: 'text/plain', content: new TextEncoder().encode('the sheet') }],
  })
  await mails()
  const [letter] = await letters()
  expect(letter).toMatchObject({ kind: 'mail', source: 'mail', error: expect.stringContaining('<…> is unknown here') })
  expect(JSON.stringify(letter)).not.toContain('hongyuan')
  refusing = false
  expect((await admin.call(replayDeadLetters, { body: { letters: [nameOf(letter!)] } })).results[0]!.outcome).toBe('queued')
  await expect.poll(() => taken.length, { timeout: 15_000 }).toBe(1)
  expect(taken[0]).toMatch(/^To: li@hongyuan\.example/m)
  expect(taken[0]).toMatch(/^Reply-To: sales@zhizao\.example/m)
  expect(taken[0]).toContain(Buffer.from('the sheet').toString('base64'))
  expect(await letters()).toEqual([])
})

test('a letter is set aside with a reason and taken back, and both are in the audit log', async () => {
  await happen()
  await mails()
  const named = nameOf((await letters())[0]!)
  await expect(admin.call(setLettersAside, { body: { letters: [named], reason: ' ' } })).rejects.toMatchObject({
    problem: { status: 422 },
  })
  const aside = () => admin.call(setLettersAside, { body: { letters: [named], reason: '已人工处理' } })
  expect(await aside()).toEqual({ changed: 1 })
  expect(await aside()).toEqual({ changed: 0 })
  expect(await letters()).toEqual([])
  expect((await admin.call(listDeadLetters, {})).sources).toEqual([])
  expect(await letters({ setAside: 'true' })).toMatchObject([{ setAside: { reason: '已人工处理', by: '管理员' } }])
  const { rows } = await sql<{ text: string }>`select set_aside_reason as text from event_parked`.execute(database.db())
  expect(rows.map(({ text }) => text)).toEqual([expect.stringMatching(/^v1\.\d+\./)]) // whoever types may name somebody
  expect(await admin.call(takeLettersBack, { body: { letters: [named] } })).toEqual({ changed: 1 })
  expect(await letters()).toHaveLength(1)
  const logged = await sql<{
    action: string
  }>`select action from audit_entry where action like 'dead-letter.%' order by id`.execute(database.db())
  expect(logged.rows.map(({ action }) => action).slice(-2)).toEqual(['dead-letter.set-aside', 'dead-letter.taken-back'])
})

test('the list pages without losing or repeating anything', async () => {
  const ids = [await happen(), await happen(), await happen()]
  await mails()
  const seen: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await admin.call(listDeadLetters, { query: { limit: 1, ...(cursor ? { cursor } : {}) } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  expect(seen.toSorted()).toEqual(ids.toSorted())
})

test('only who may, sees and moves dead letters', async () => {
  const replay = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"from":{"kind":"mail","source":"mail"}}',
  }
  for (const [as, status] of [
    [undefined, 401],
    ['customer', 403],
    ['sales', 403],
  ] as const) {
    expect((await request('/api/v1/operations/dead-letters', {}, as)).status).toBe(status)
    expect((await request('/api/v1/operations/dead-letters/replay', replay, as)).status).toBe(status)
    expect((await request('/api/v1/operations/health', {}, as)).status).toBe(status)
  }
})
