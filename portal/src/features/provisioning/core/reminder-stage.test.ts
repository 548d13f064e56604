import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { reminderDays, reminderDue } from './reminder-stage.ts'

const now = new Date('2027-03-01T01:15:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)

test('the reminder that is due is the nearest whose day has come, and none after the end', () => {
  const due = (days: number) => reminderDue(minutes(days * 1440), now)
  expect([40, 30.01, 30, 8, 7, 2, 1, 0.5, 0, -3].map(due)).toEqual([null, null, 30, 30, 7, 7, 1, 1, null, null])
})

test('looked at every day, a certificate is foretold three times, however the hours fall', () => {
  assert(
    property(integer({ min: 31 * 1440, max: 60 * 1440 }), left => {
      const seen = new Set<number>()
      for (let day = 0; day < 60; day++) seen.add(reminderDue(minutes(left), minutes(day * 1440)) ?? 0)
      expect([...seen].filter(days => days > 0)).toEqual([...reminderDays])
    }),
  )
})
