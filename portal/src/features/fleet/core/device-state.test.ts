import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Contact, contactOf, deviceStates, rankOf, silentAfter, stateOf } from './device-state.ts'

const now = Date.parse('2026-11-26T12:00:00Z')
const severity = fc.constantFrom('critical', 'high', 'medium', 'low')
const health = fc.option(fc.constantFrom('failure', 'out-of-specification', 'maintenance-required', 'good'))
const contact = fc.constantFrom<Contact>('reporting', 'silent', 'offline', 'never')

test.each([
  [{ alarms: ['low'], health: null }, 'maintenance-required'],
  [{ alarms: ['medium'], health: 'good' }, 'maintenance-required'],
  [{ alarms: ['low', 'high'], health: null }, 'out-of-specification'],
  [{ alarms: ['high', 'critical'], health: 'good' }, 'failure'],
  [{ alarms: [], health: 'failure' }, 'failure'],
  [{ alarms: ['low'], health: 'out-of-specification' }, 'out-of-specification'],
  [{ alarms: [], health: 'good' }, 'good'],
  [{ alarms: [], health: null }, 'good'],
  [{ alarms: ['low'], health: 'function-check' }, 'function-check'],
  [{ alarms: ['high'], health: 'function-check' }, 'out-of-specification'],
  [{ alarms: ['high'], health: null, workedOn: true }, 'function-check'],
  [{ alarms: [], health: 'good', workedOn: true }, 'function-check'],
  [{ alarms: ['critical'], health: null, workedOn: true }, 'failure'],
] as const)('%j of a machine that reports is %s', (inputs, state) => {
  expect(stateOf({ ...inputs, contact: 'reporting' })).toBe(state)
})

test('one more alarm never makes a state better, and nothing is good of which nothing is heard', () => {
  fc.assert(
    fc.property(fc.array(severity), severity, health, fc.boolean(), contact, (alarms, one, of, workedOn, heard) => {
      const before = stateOf({ alarms, health: of, workedOn, contact: heard })
      const after = stateOf({ alarms: [...alarms, one], health: of, workedOn, contact: heard })
      expect(rankOf(after)).toBeLessThanOrEqual(rankOf(before))
      expect(after).not.toBe('good')
      if (heard !== 'reporting') expect(before).not.toBe('good')
    }),
  )
})

test('whoever is kept from what a machine reports learns no state', () => {
  expect(stateOf({ alarms: ['critical'], health: 'failure', contact: 'withheld' })).toBeNull()
})

test.each([
  [{ connected: true, lastAt: now - 1000, withheld: false }, 'reporting'],
  [{ connected: true, lastAt: now - silentAfter, withheld: false }, 'silent'],
  [{ connected: true, lastAt: null, withheld: false }, 'silent'],
  [{ connected: false, lastAt: now, withheld: false }, 'offline'],
  [{ connected: null, lastAt: null, withheld: false }, 'never'],
  [{ connected: null, lastAt: now - 1000, withheld: false }, 'reporting'],
  [{ connected: true, lastAt: now, withheld: true }, 'withheld'],
] as const)('%j is %s', (heard, said) => {
  expect(contactOf(heard, now)).toBe(said)
})

test('worst comes first, and what is not known before what is good', () => {
  const ranked = [null, ...deviceStates].toSorted((a, b) => rankOf(a) - rankOf(b))
  expect(ranked).toEqual(['failure', 'function-check', 'out-of-specification', 'maintenance-required', null, 'good'])
})
