import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channelsFor, ringsAt, usualSettings } from './notice-settings.ts'

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':'))
const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'UTC')
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const clockIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
const quiet = (from: string, until: string, at: string) =>
  from < until ? at >= from && at < until : from > until && (at >= from || at < until)

test('nothing rings in quiet hours, nothing waits beyond them, and what is critical does not wait', () => {
  fc.assert(
    fc.property(clock, clock, zone, moment, (from, until, zone, now) => {
      const settings = { quiet: { from, until }, zone }
      const at = ringsAt(settings, 'high', now)
      expect(quiet(from, until, clockIn(zone, at))).toBe(false)
      expect(at.getTime() - now.getTime()).toBeLessThan(26 * 3_600_000)
      if (!quiet(from, until, clockIn(zone, now))) expect(at).toEqual(now)
      expect(ringsAt(settings, 'critical', now)).toEqual(now)
    }),
  )
})

test('customers see everything and are mailed what presses; staff see what presses; that an alarm is over only who wants it', () => {
  const [customer, staff] = [usualSettings('customer', 'UTC'), usualSettings('staff', 'UTC')]
  expect(channelsFor(customer, 'alarm', 'high')).toEqual(['portal', 'mail'])
  expect(channelsFor(customer, 'alarm', 'low')).toEqual(['portal'])
  expect(channelsFor(staff, 'alarm', 'high')).toEqual(['portal'])
  expect(channelsFor(staff, 'alarm', 'low')).toEqual([])
  expect(channelsFor(staff, 'escalation', 'low')).toEqual(['portal'])
  expect(channelsFor(customer, 'alarm-over', 'critical')).toEqual([])
})
