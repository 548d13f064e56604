import { expect, test } from 'vitest'
import { leadStatuses, mayMove } from './lead-status.ts'

const allowed = [
  'new>contacted',
  'new>qualified',
  'new>lost',
  'contacted>qualified',
  'contacted>offered',
  'contacted>lost',
  'qualified>offered',
  'qualified>lost',
  'offered>qualified',
  'offered>won',
  'offered>lost',
  'lost>new',
]

test('a lead moves along these arrows and no others', () => {
  const moves = leadStatuses.flatMap(from => leadStatuses.filter(to => mayMove(from, to)).map(to => `${from}>${to}`))
  expect(moves.sort()).toEqual([...allowed].sort())
})

test('every status can be reached from new', () => {
  const reached = new Set(['new'])
  for (const _ of leadStatuses)
    for (const from of leadStatuses) if (reached.has(from)) for (const to of leadStatuses) if (mayMove(from, to)) reached.add(to)
  expect(reached.size).toBe(leadStatuses.length)
})
