import { expect, test } from 'vitest'
import { isClosed, mayMove, serviceStatuses, serviceTransitions } from './service-status.ts'

test('every status is reached from the first, and from every open one a request can come to its end', () => {
  const reached = new Set(['submitted'])
  for (const from of serviceStatuses) if (reached.has(from)) for (const to of serviceTransitions[from]) reached.add(to)
  expect([...reached].toSorted()).toEqual([...serviceStatuses].toSorted())
  const ends = serviceStatuses.filter(isClosed)
  expect(ends).toEqual(['done', 'declined', 'withdrawn'])
  for (const from of serviceStatuses.filter(one => !isClosed(one)))
    expect(serviceStatuses.some(to => to === 'done' && (mayMove(from, to, 'staff') || mayMove('received', to, 'staff')))).toBe(
      true,
    )
})

test('a customer only takes back, and only before somebody is at it; staff never do', () => {
  const moves = (by: 'staff' | 'customer') =>
    serviceStatuses.flatMap(from => serviceStatuses.filter(to => mayMove(from, to, by)).map(to => `${from} ${to}`))
  expect(moves('customer')).toEqual(['submitted withdrawn', 'received withdrawn', 'scheduled withdrawn'])
  expect(moves('staff').filter(move => move.endsWith('withdrawn'))).toEqual([])
  expect(moves('staff')).toHaveLength(Object.values(serviceTransitions).flat().length - 3)
})
