import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import { readJson } from './read-json.ts'
import { type DeclaredMetric, readingLimits, unscaled } from './reading.ts'

const now = Date.parse('2026-11-26T08:00:00Z')
const declared = new Map<string, DeclaredMetric>([
  ['speed', { key: 'speed', min: 0, max: 18_000, decimals: 0 }],
  ['temperature', { key: 'temperature', min: -40, max: 150, decimals: 2 }],
])
const text = (said: unknown) => (typeof said === 'string' ? said : JSON.stringify(said))
const judged = (said: unknown) => judge(readJson(text(said))!, declared, now)

test('one reading, several of one moment, and lists of them are read alike', () => {
  const at = now - 1000
  const speed = { metric: 'speed', at, scaled: 8000 }
  const temperature = { metric: 'temperature', at, scaled: 2455 }
  expect(judged({ metric: 'speed', value: 8000, at }).readings).toEqual([speed])
  expect(judged({ at, values: { speed: 8000, temperature: 24.55 } }).readings).toEqual([speed, temperature])
  expect(
    judged([
      { metric: 'speed', value: 8000, at: new Date(at).toISOString() },
      { at, values: { temperature: 24.55 } },
    ]).readings,
  ).toEqual([speed, temperature])
  expect(judged({ sentAt: now, readings: [{ at, values: { speed: 8000 } }] }).readings).toEqual([speed])
})

test('a reading without a time is of when it came', () => {
  expect(judged({ values: { speed: 1 } }).readings).toEqual([{ metric: 'speed', at: now, scaled: 1 }])
})

test('a clock that is off is set right by when the device says it sent', () => {
  const wrong = Date.parse('1970-01-01T00:10:00Z')
  const { readings } = judged({ sentAt: wrong, readings: [{ at: wrong - 30_000, values: { speed: 7 } }] })
  expect(readings).toEqual([{ metric: 'speed', at: now - 30_000, scaled: 7 }])
  const nearly = judged({ sentAt: now - readingLimits.skew + 1, readings: [{ at: now - 60_000, values: { speed: 7 } }] })
  expect(nearly.readings[0]!.at).toBe(now - 60_000)
})

test.each([
  ['unknown-metric', { values: { torque: 3 } }],
  ['unknown-metric', { values: { constructor: 3 } }],
  ['type', { values: { speed: '8000' } }],
  ['type', { values: { speed: null } }],
  ['type', { metric: 'speed' }],
  ['range', { values: { speed: -1 } }],
  ['range', { values: { temperature: 150.01 } }],
  ['time', { at: 0, values: { speed: 1 } }],
  ['time', { at: now + readingLimits.ahead + 1, values: { speed: 1 } }],
  ['time', { at: '2026-11-26T08:00:00', values: { speed: 1 } }],
  ['time', { at: 'yesterday', values: { speed: 1 } }],
  ['time', { at: 1e300, values: { speed: 1 } }],
] as const)('%s: what cannot be is not kept, and the rest is', (reason, said) => {
  expect(judged(said)).toMatchObject({ readings: [], refused: [{ reason }] })
  expect(judged([said, { values: { temperature: 20 } }]).readings).toHaveLength(1)
})

test.each([
  'not JSON',
  '',
  '7',
  'null',
  '[]',
  '{}',
  '{"values": []}',
  '{"values": {"speed": NaN}}',
  `${'['.repeat(50_000)}`,
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  JSON.stringify({ values: Object.fromEntries(Array.from({ length: readingLimits.readings + 1 }, (_, i) => [`m${i}`, 1])) }),
])('what is no message is refused as a whole: %.40s', said => {
  expect(readJson(text(said))).toBeNull()
})

test('whatever comes, it is read or refused, and what is kept is whole and in range', () => {
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({ at: fc.anything(), values: fc.dictionary(fc.constantFrom('speed', 'temperature', 'x'), fc.anything()) })
      .map(said => JSON.stringify(said) ?? ''),
  )
  fc.assert(
    fc.property(anything, said => {
      const message = readJson(text(said))
      if (!message) return
      const { readings, refused } = judge(message, declared, now)
      expect(readings.length + refused.length).toBe(message.readings.length)
      for (const { metric, at, scaled } of readings) {
        const { min, max, decimals } = declared.get(metric)!
        expect(Number.isSafeInteger(scaled) && Number.isSafeInteger(at)).toBe(true)
        expect(unscaled(scaled, decimals)).toBeGreaterThanOrEqual(min)
        expect(unscaled(scaled, decimals)).toBeLessThanOrEqual(max)
      }
    }),
  )
})

test('a number with as many decimals as declared comes back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 15_000 }), hundredths => {
      const said = hundredths / 100
      const { readings } = judged({ values: { temperature: said } })
      expect(unscaled(readings[0]!.scaled, 2)).toBe(said)
    }),
  )
})
