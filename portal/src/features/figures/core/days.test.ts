import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayIn, daysIn, isDay, mondayOf } from './days.ts'
import { periodKinds, periodOf, weeksTo } from './periods.ts'

const day = fc.integer({ min: 0, max: 30_000 }).map(number => addDays('1990-01-01', number))

test('a day is that of the clock on the wall, in the nights clocks are put forward and back too', () => {
  expect(dayIn(new Date('2026-11-25T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-26')
  expect(dayIn(new Date('2026-11-25T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-11-25')
  // Berlin goes from +1 to +2 on 29 March and back on 25 October: these days have 23 and 25 hours
  expect(dayIn(new Date('2026-03-28T23:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29')
  expect(dayIn(new Date('2026-03-29T21:59:59Z'), 'Europe/Berlin')).toBe('2026-03-29')
  expect(dayIn(new Date('2026-03-29T22:00:00Z'), 'Europe/Berlin')).toBe('2026-03-30')
  expect(dayIn(new Date('2026-10-24T22:00:00Z'), 'Europe/Berlin')).toBe('2026-10-25')
  expect(dayIn(new Date('2026-10-25T22:59:59Z'), 'Europe/Berlin')).toBe('2026-10-25')
  expect(dayIn(new Date('2026-10-25T23:00:00Z'), 'Europe/Berlin')).toBe('2026-10-26')
})

test('later moments are never of an earlier day, in any zone', () => {
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham', 'UTC')
  const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(zone, moment, fc.nat(100_000_000), (zone, at, ms) => {
      expect(dayIn(new Date(at.getTime() + ms), zone) >= dayIn(at, zone)).toBe(true)
    }),
  )
})

test('what is no day is none', () => {
  for (const text of ['2026-02-30', '2026-13-01', '26-01-01', 'today', '', '2026-1-1']) expect(isDay(text)).toBe(false)
  expect(isDay('2024-02-29')).toBe(true)
})

test('periods of one kind follow each other without a gap, and hold the day they are asked for', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...periodKinds.filter(kind => kind !== 'days')), (at, kind) => {
      const { whole, earlier, counted } = periodOf({ period: kind, at }, addDays(at, 400))!
      expect(whole.from <= at && at <= whole.to).toBe(true)
      expect(counted).toEqual(whole)
      expect(addDays(earlier.to, 1)).toBe(whole.from)
    }),
  )
})

test('a period under way is compared with as many days of the one before', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...periodKinds), (today, period) => {
      const { whole, counted, earlier } = periodOf({ period }, today)!
      expect(counted.to <= today).toBe(true)
      expect(earlier.to < counted.from).toBe(true)
      fc.pre(counted.to < whole.to) // on its last day it is whole, and so is the one before, which may be longer
      expect(daysIn(earlier) <= daysIn(counted)).toBe(true)
    }),
  )
  const march = periodOf({ period: 'month' }, '2026-03-30')!
  expect(march.earlier).toEqual({ from: '2026-02-01', to: '2026-02-28' })
})

test('what has not begun, or ends before it begins, is no period', () => {
  expect(periodOf({ period: 'week', at: '2026-12-01' }, '2026-11-26')).toBeNull()
  expect(periodOf({ period: 'days', from: '2026-11-27' }, '2026-11-26')).toBeNull()
})

test('weeks begin on Monday', () => {
  expect(mondayOf('2026-11-26')).toBe('2026-11-23')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(weeksTo('2026-11-26', 3)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23'])
})
