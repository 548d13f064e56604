import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workingMinutes } from './working-time.ts'

const office = { days: [1, 2, 3, 4, 5], from: 8 * 60 + 30, to: 17 * 60 + 30 }
const shanghai = (since: string, until: string) =>
  workingMinutes(new Date(`${since}+08:00`), new Date(`${until}+08:00`), office, 'Asia/Shanghai')

test('working time is counted within office hours, over nights and weekends, and not before it begins', () => {
  expect(shanghai('2026-11-26T09:00', '2026-11-26T11:00')).toBe(120)
  expect(shanghai('2026-11-26T16:30', '2026-11-27T09:30')).toBe(120) // Thursday to Friday
  expect(shanghai('2026-11-27T17:00', '2026-11-30T09:00')).toBe(60) // over the weekend
  expect(shanghai('2026-11-28T10:00', '2026-11-29T20:00')).toBe(0)
  expect(shanghai('2026-11-26T20:00', '2026-11-26T23:00')).toBe(0)
  expect(shanghai('2026-11-26T11:00', '2026-11-26T09:00')).toBe(0)
})

test('a day on which clocks are changed at night has its hours', () => {
  const at = (text: string) => new Date(text)
  // Sunday 2026-10-25, 03:00 CEST becomes 02:00 CET
  const berlin = { days: [1, 2, 3, 4, 5, 6, 7], from: 9 * 60, to: 17 * 60 }
  expect(workingMinutes(at('2026-10-24T16:00:00+02:00'), at('2026-10-25T10:00:00+01:00'), berlin, 'Europe/Berlin')).toBe(120)
})

test('working time adds up, never exceeds the time there was, and grows', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  const time = fc
    .tuple(fc.subarray([1, 2, 3, 4, 5, 6, 7]), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([, from, to]) => from < to)
    .map(([days, from, to]) => ({ days, from, to }))
  const day = 24 * 60 * 60_000
  fc.assert(
    fc.property(moment, fc.nat(30 * day), fc.nat(30 * day), time, (start, first, second, working) => {
      const whole = (at: number) => new Date(Math.floor(at / 60_000) * 60_000)
      const [a, b, c] = [whole(start.getTime()), whole(start.getTime() + first), whole(start.getTime() + first + second)]
      const between = (since: Date, until: Date) => workingMinutes(since, until, working, 'Asia/Shanghai')
      expect(between(a, c)).toBe(between(a, b) + between(b, c))
      expect(between(a, c)).toBeLessThanOrEqual((c.getTime() - a.getTime()) / 60_000)
    }),
  )
})
