import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dailyCourse, type IndexChange } from './daily-course.ts'
import { forecastTrend } from './trend.ts'

const day = 86_400_000
const limit = { value: 40, side: 'falling' } as const
const falling = (days: number): IndexChange[] => Array.from({ length: days }, (_, i) => ({ at: (60 + i) * day, index: 99 - i }))

test('an index that stood for two months and now falls by one a day is at its limit when it will be, not months later', () => {
  const course = dailyCourse([{ at: 0, index: 100 }, ...falling(12)], 72 * day)
  expect(course.map(({ value }) => value)).toEqual([100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88])
  const forecast = forecastTrend(course, limit)
  expect(forecast.kind === 'forecast' && forecast.median / 24).toBeCloseTo(48, 0)
})

test('of an index that stopped falling the end moves away, and of one that never fell there is none', () => {
  const daysLeft = (until: number) => {
    const forecast = forecastTrend(dailyCourse([{ at: 0, index: 100 }, ...falling(30)], until * day), limit)
    return forecast.kind === 'forecast' ? forecast.median / 24 : Number.POSITIVE_INFINITY
  }
  expect(daysLeft(90)).toBeCloseTo(30, 0)
  expect(daysLeft(110)).toBeGreaterThan(45)
  expect(forecastTrend(dailyCourse([{ at: 0, index: 80 }], 90 * day), limit)).toEqual({ kind: 'none', reason: 'no-trend' })
  expect(forecastTrend(dailyCourse([{ at: 0, index: 100 }], 90 * day), limit)).toEqual({ kind: 'none', reason: 'too-little' })
})

test('days are a day apart, end at the moment that is asked for, and lie within what the index was', () => {
  const changes = fc
    .uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 40 * day }), index: fc.integer({ min: 0, max: 99 }) }), {
      ...{ minLength: 1, maxLength: 30, selector: ({ at }) => at },
    })
    .map(all => all.toSorted((a, b) => a.at - b.at))
  fc.assert(
    fc.property(changes, fc.integer({ min: 0, max: 60 * day }), (all, until) => {
      const course = dailyCourse(all, until)
      const indices = all.map(({ index }) => index)
      expect(course).toHaveLength(Math.max(0, Math.floor((until - all[0]!.at) / day)))
      for (const [place, { at, value }] of course.entries()) {
        expect(at * 3_600_000).toBeCloseTo(until - (course.length - place) * day, 3)
        expect(value).toBeGreaterThanOrEqual(Math.min(...indices) - 1e-9)
        expect(value).toBeLessThanOrEqual(Math.max(...indices) + 1e-9)
      }
    }),
  )
})
