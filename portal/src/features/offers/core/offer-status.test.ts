import { expect, test } from 'vitest'
import { addDays, dayIn, endOfDay } from './days.ts'
import { isOpen, mayBecome, mayFollow, offerStatuses } from './offer-status.ts'

const allowed = [
  'draft>sent',
  'draft>withdrawn',
  ...['countered', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'].map(to => `sent>${to}`),
  ...['accepted', 'declined', 'expired', 'withdrawn', 'superseded'].map(to => `countered>${to}`),
  'expired>superseded',
]

test('a version moves along these arrows and no others', () => {
  const moves = offerStatuses.flatMap(from => offerStatuses.filter(to => mayBecome(from, to)).map(to => `${from}>${to}`))
  expect(moves.sort()).toEqual([...allowed].sort())
})

test('every status can be reached from a draft', () => {
  const reached = new Set(['draft'])
  for (const _ of offerStatuses)
    for (const from of offerStatuses)
      if (reached.has(from)) for (const to of offerStatuses) if (mayBecome(from, to)) reached.add(to)
  expect(reached.size).toBe(offerStatuses.length)
})

test('the customer can answer what was sent and is not over; another version follows all but a draft and an agreement', () => {
  expect(offerStatuses.filter(isOpen)).toEqual(['sent', 'countered'])
  expect(offerStatuses.filter(status => !mayFollow(status))).toEqual(['draft', 'accepted'])
})

test.each([
  ['2026-12-31', 'Asia/Shanghai', '2026-12-31T16:00:00.000Z'],
  ['2026-03-28', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-02-28', 'UTC', '2026-03-01T00:00:00.000Z'],
])('%s is over in %s at %s', (day, zone, moment) => {
  expect(endOfDay(day, zone).toISOString()).toBe(moment)
  expect(dayIn(new Date(endOfDay(day, zone).getTime() - 1), zone)).toBe(day)
  expect(dayIn(endOfDay(day, zone), zone)).toBe(addDays(day, 1))
})
