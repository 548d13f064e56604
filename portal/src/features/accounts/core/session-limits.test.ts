import { expect, test } from 'vitest'
import { sessionEnd } from './session-limits.ts'

const limits = { idleMinutes: 60, hours: 8 }
const createdAt = new Date('2026-05-01T08:00:00Z')

test('an unused session ends after the idle time', () => {
  expect(sessionEnd({ createdAt, lastSeenAt: null }, limits)).toEqual(new Date('2026-05-01T09:00:00Z'))
})

test('use puts the end off, but never beyond the whole time', () => {
  expect(sessionEnd({ createdAt, lastSeenAt: new Date('2026-05-01T10:00:00Z') }, limits)).toEqual(
    new Date('2026-05-01T11:00:00Z'),
  )
  expect(sessionEnd({ createdAt, lastSeenAt: new Date('2026-05-01T15:30:00Z') }, limits)).toEqual(
    new Date('2026-05-01T16:00:00Z'),
  )
})
