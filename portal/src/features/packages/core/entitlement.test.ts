import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beginOf,
  type EntitlementStatus,
  type EntitlementTimes,
  entitlementKinds,
  entitlementStatuses,
  entitlementTransitions,
  isInForce,
  monthsLater,
  noticeDays,
  noticeDue,
  statusOf,
} from './entitlement.ts'
import { type Held, isOpen } from './opened.ts'
import { rights } from './right.ts'

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const times: fc.Arbitrary<EntitlementTimes> = fc
  .record({ kind: fc.constantFrom(...entitlementKinds), at: fc.array(moment, { minLength: 2, maxLength: 2 }), granted: moment })
  .map(({ kind, at, granted }) => {
    const [from, until] = at.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date]
    return { kind, grantedAt: granted, from, until, endedAt: null }
  })

/** Statuses that can be reached from one by the table, itself included. */
function reachable(from: EntitlementStatus, seen = new Set<EntitlementStatus>([from])): Set<EntitlementStatus> {
  for (const next of entitlementTransitions[from])
    if (!seen.has(next)) {
      seen.add(next)
      reachable(next, seen)
    }
  return seen
}

test('as time passes an entitlement moves along its table only, and what is over stays so', () => {
  fc.assert(
    fc.property(times, moment, moment, (one, a, b) => {
      const [before, after] = a < b ? [a, b] : [b, a]
      expect(reachable(statusOf(one, before))).toContain(statusOf(one, after))
    }),
  )
  expect(entitlementStatuses.filter(status => entitlementTransitions[status].length === 0)).toEqual(['expired', 'ended'])
})

test('it is in force from its begin to its end, to the instant, and never once it has been ended', () => {
  fc.assert(
    fc.property(times, moment, (one, now) => {
      expect(isInForce(statusOf(one, now))).toBe(one.from! <= now && now < one.until!)
      expect(statusOf({ ...one, endedAt: now }, now)).toBe('ended')
      expect(statusOf({ ...one, grantedAt: null }, now)).toBe('requested')
    }),
  )
})

test('each notice is given once, nearer ones after farther ones, and the last says that it is over', () => {
  fc.assert(
    fc.property(times, fc.array(moment, { maxLength: 12 }), (one, looks) => {
      let told: number | null = null
      const given: number[] = []
      for (const now of [...looks, new Date('2031-01-01')].toSorted((a, b) => a.getTime() - b.getTime())) {
        const due = noticeDue(one, told, now)
        if (due === null) continue
        given.push(due)
        told = due
      }
      expect(given).toEqual([...new Set(given)].toSorted((a, b) => b - a))
      expect(given.at(-1)).toBe(0)
      expect([...noticeDays[one.kind], 0]).toEqual(expect.arrayContaining(given))
    }),
  )
})

test('a term begins now or behind what is held, and lasts whole months', () => {
  fc.assert(
    fc.property(moment, fc.array(moment), fc.integer({ min: 1, max: 60 }), (now, held, months) => {
      const from = beginOf(now, held)
      expect([now, ...held].every(one => one <= from)).toBe(true)
      const until = monthsLater(from, months)
      expect(until.getUTCFullYear() * 12 + until.getUTCMonth() - from.getUTCFullYear() * 12 - from.getUTCMonth()).toBe(months)
    }),
  )
  expect(monthsLater(new Date('2027-01-31T08:00:00Z'), 1).toISOString()).toBe('2027-02-28T08:00:00.000Z')
})

const company = fc.constantFrom('a', 'b', 'c')
const sold = fc.record({
  offered: fc.subarray([...rights]),
  held: fc.array(
    fc.record({ times, companyId: company, rights: fc.subarray([...rights]) }).map(
      ({ times: own, ...one }): Held => ({
        ...own,
        ...one,
      }),
    ),
    { maxLength: 4 },
  ),
  ownerId: fc.option(company),
})

test('what is sold is open while the present owner has it, to him and to whom he let in; what is not sold, to everybody', () => {
  fc.assert(
    fc.property(sold, fc.constantFrom(...rights), company, fc.boolean(), moment, (one, right, companyId, holds, now) => {
      const open = isOpen(right, one, { companyId, holds }, now)
      const paid = one.held.some(
        held => held.companyId === one.ownerId && held.rights.includes(right) && held.from! <= now && now < held.until!,
      )
      expect(open).toBe(!one.offered.includes(right) || (paid && (holds || companyId === one.ownerId)))
      // what a former owner has bought makes no difference
      const alone = { ...one, held: one.held.filter(held => held.companyId === one.ownerId) }
      expect(isOpen(right, alone, { companyId, holds }, now)).toBe(open)
    }),
  )
})
