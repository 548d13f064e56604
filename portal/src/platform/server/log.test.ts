import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('a line is JSON with time, level and fields, and what tells of a person is blanked', () => {
  const lines: string[] = []
  const log = createLog('info', { write: line => void lines.push(line) })
  log.info({ requestId: 'r1', email: 'wang@example.com', lead: { phone: '13800000000', id: 'l1' } }, 'lead opened')
  const line = JSON.parse(lines[0]!)
  expect(line).toMatchObject({
    level: 'info',
    msg: 'lead opened',
    requestId: 'r1',
    email: '[removed]',
    lead: { phone: '[removed]', id: 'l1' },
  })
  expect(Date.parse(line.time)).not.toBeNaN()
})

test("a database error is logged without the row's values", () => {
  const lines: string[] = []
  const log = createLog('error', { write: line => void lines.push(line) })
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(wang@example.com) already exists.',
  })
  log.error({ error }, 'request failed')
  expect(lines[0]).toContain('23505')
  expect(lines[0]).not.toContain('wang@example.com')
})
