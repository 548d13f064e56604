import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '#features/devices/core'
import { commandStates, mayControl, mayFollow, settle, settleBySparkplug, shortestNumber, stillBefore } from './control-rules.ts'
import { readAcknowledgement, readReport } from './machine-messages.ts'

test('whoever is named may, and those before him; a service partner never', () => {
  const parties = ['manufacturer', 'owner', 'operator', 'service-partner'] as const
  expect(parties.filter(party => mayControl('manufacturer', party))).toEqual(['manufacturer'])
  expect(parties.filter(party => mayControl('owner', party))).toEqual(['manufacturer', 'owner'])
  expect(parties.filter(party => mayControl('operator', party))).toEqual(['manufacturer', 'owner', 'operator'])
})

test('a report settles what the machine has heard of, and nothing later', () => {
  const waiting = [
    { key: 'interval', value: 10, version: 3 },
    { key: 'mode', value: 'fast', version: 3 },
    { key: 'light', value: true, version: 3 },
    { key: 'late', value: 1, version: 4 },
  ]
  const settings = { interval: 10, light: false, late: 1 }
  expect(settle(waiting, { version: 3, settings, refused: { mode: 'the door is open' } })).toEqual([
    { key: 'interval', outcome: 'accepted', reason: null },
    { key: 'mode', outcome: 'refused', reason: 'the door is open' },
    { key: 'light', outcome: 'refused', reason: null },
  ])
  expect(settle(waiting, { version: 2, settings, refused: {} })).toEqual([])
})

test('what has ended stays as it ended; who answers too late has done it all the same', () => {
  const table = Object.fromEntries(commandStates.map(state => [state, commandStates.filter(next => mayFollow(state, next))]))
  expect(table).toEqual({
    waiting: ['accepted', 'done', 'refused', 'failed', 'expired'],
    accepted: ['done', 'refused', 'failed'],
    done: [],
    refused: [],
    failed: [],
    expired: ['accepted', 'done', 'refused', 'failed'],
  })
})

test.each([
  ['number', 5, null],
  ['number', 0, 'range'],
  ['number', 61, 'range'],
  ['number', '5', 'type'],
  ['number', Number.NaN, 'type'],
  ['number', undefined, 'type'],
  ['choice', 'eco', null],
  ['choice', 'constructor', 'choice'],
  ['choice', 1, 'choice'],
  ['switch', false, null],
  ['switch', 0, 'type'],
] as const)('%s: %s', (kind, value, refusal) => {
  const choices = [{ key: 'eco', name: { 'zh-CN': '节能', en: 'Eco' } }]
  expect(refusalOf({ kind, min: 1, max: 60, choices }, value)).toBe(refusal)
})

test.each([
  '',
  'null',
  '[]',
  '7',
  '{"settings": []}',
  '{"version": -1}',
  '{"version": 1e300}',
  '{"settings": {"a": {}}}',
  '{"refused": {"a": 1}}',
  '{"refused": {"a": "\\u0000"}}',
  '{"settings": {"a": "\\ud800"}}',
  JSON.stringify({ settings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, 1])) }),
  '['.repeat(30_000),
])('what is no report is refused: %.40s', text => {
  expect(readReport(text)).toBeNull()
  expect(readAcknowledgement(text)).toBeNull()
})

test('an edge node refuses by saying something else, once what it was before can no longer be meant', () => {
  const wish = { key: 'interval', value: 30, toldAt: 1000 }
  const outcome = (value: number | string, at: number, toldAt: number | null = wish.toldAt) =>
    settleBySparkplug([{ ...wish, toldAt }], new Map([['interval', value]]), at)[0]?.outcome ?? 'waiting'
  expect(outcome(30, 0, null)).toBe('accepted')
  expect(outcome(5, 1000 + stillBefore - 1)).toBe('waiting')
  expect(outcome(5, 1000 + stillBefore)).toBe('refused')
  expect(outcome('30', 1000 + stillBefore)).toBe('refused')
  expect(outcome(5, 1e9, null)).toBe('waiting')
  expect(settleBySparkplug([wish], new Map([['mode', 1]]), 1e9)).toEqual([])
})

test('a number that became a 32 bit float is the short one it was, and is taken for the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }), (whole, decimals) => {
      const value = Number(`${whole}e-${decimals}`)
      expect(shortestNumber(Math.fround(value))).toBe(value === 0 ? Math.fround(value) : value)
    }),
  )
  fc.assert(fc.property(fc.float({ noNaN: true }), value => Math.fround(shortestNumber(value)) === value))
  const wanted = { key: 'a', value: 0.123456789, toldAt: null }
  expect(settleBySparkplug([wanted], new Map([['a', Math.fround(0.123456789)]]), 0)[0]?.outcome).toBe('accepted')
})
