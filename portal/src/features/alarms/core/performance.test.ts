import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from './condition.ts'
import { chatterLimits, chatterOf, proposalFor } from './performance.ts'

const { times: enough, windowMs } = chatterLimits
const moments = fc.array(fc.integer({ min: 0, max: 12 * windowMs }), { maxLength: 40 })

/** The most within any window that begins with one of them, counted the slow way. */
const mostWithin = (times: readonly number[]) =>
  Math.max(0, ...times.map(begin => times.filter(at => at >= begin && at < begin + windowMs).length))

test('an alarm chatters exactly when some ten minutes hold three raises, and how often it does so is the most of any', () => {
  fc.assert(
    fc.property(moments, times => {
      const most = mostWithin(times)
      const found = chatterOf(times)
      expect(found?.most ?? 0).toBe(most >= enough ? most : 0)
      if (found) expect(times).toContain(found.lastAt)
    }),
  )
})

test('in which order raises are told makes no difference, and one more never makes an alarm quieter', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 12 * windowMs }), (times, more) => {
      expect(chatterOf(times.toReversed())).toEqual(chatterOf(times))
      expect(chatterOf([...times, more])?.most ?? 0).toBeGreaterThanOrEqual(chatterOf(times)?.most ?? 0)
    }),
  )
})

test('what is proposed is what the rule does not have yet', () => {
  const rule = (part: object) => ({ kind: 'group', join: 'all', parts: [part] }) as Condition
  const threshold = { kind: 'threshold', metric: 'load', op: 'gt', value: 90 }
  expect(proposalFor(rule(threshold))).toBe('hysteresis')
  expect(proposalFor(rule({ ...threshold, hysteresis: 2 }))).toBe('delay')
  expect(proposalFor(rule({ ...threshold, hysteresis: 2, lasting: 60 }))).toBe('widen')
  expect(proposalFor(rule({ kind: 'rate', metric: 'load', side: 'rise', value: 5, seconds: 60 }))).toBe('delay')
  expect(proposalFor(null)).toBe('shelve')
})
