import { expect, test } from 'vitest'
import { dueAfter, mayMoveRequest, requestStates, requestTransitions, weekdaysLeft } from './request-states.ts'

test('a request moves forward only, and never past the check of who asks', () => {
  const allowed = requestStates.flatMap(from => requestStates.filter(to => mayMoveRequest(from, to)).map(to => `${from} > ${to}`))
  expect(allowed).toEqual([
    'received > identity-checked',
    'received > refused',
    'identity-checked > in-work',
    'identity-checked > done',
    'identity-checked > refused',
    'in-work > done',
    'in-work > refused',
  ])
  expect(requestTransitions.done).toEqual([])
})

test.each([
  ['2026-11-25', '2026-12-25'],
  ['2027-01-31', '2027-02-28'],
  ['2028-01-30', '2028-02-29'],
  ['2026-12-31', '2027-01-31'],
])('what is received on %s is due on %s', (received, due) => {
  expect(
    dueAfter(new Date(`${received}T10:00:00Z`))
      .toISOString()
      .slice(0, 10),
  ).toBe(due)
})

test.each([
  ['2026-11-27', '2026-11-30', 1],
  ['2026-11-25', '2026-12-25', 22],
  ['2026-11-25', '2026-11-25', 0],
  ['2026-11-30', '2026-11-27', -1],
])('from %s to %s are %i weekdays', (now, due, days) => {
  expect(weekdaysLeft(new Date(due), new Date(now))).toBe(days)
})
