import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jumpsIn } from './jumps.ts'
import { believe, believeAgain, calmMs, doubtKinds, type Moment, newTrust } from './trust.ts'

const minute = 60_000
const usual: Moment = { at: 0, value: 1, jumped: false, use: 'any', learning: false, moves: true, calms: true }
/** Moments a minute apart. */
const course = (moments: Partial<Moment>[]): Moment[] => moments.map((moment, i) => ({ ...usual, at: i * minute, ...moment }))
const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.double({ noNaN: true, min: -1000, max: 1000 })), { maxLength: 60 })
  .map(steps => {
    let at = 0
    return steps.map(([seconds, value]) => {
      at += seconds * 1000
      return { at, value }
    })
  })

test('what moves within the declared rate never jumps, and every step beyond it does', () => {
  fc.assert(
    fc.property(points, fc.double({ noNaN: true, min: 0.001, max: 100 }), (all, maxRate) => {
      const jumps = new Set(jumpsIn(all, { maxRate, decimals: 1 }))
      for (const [i, { at, value }] of all.entries()) {
        const before = all[i - 1]
        const rate = before ? (Math.abs(value - before.value) - 0.1) / ((at - before.at) / 1000) : 0
        if (rate < maxRate * 0.999) expect(jumps.has(at)).toBe(false)
        if (rate > maxRate * 1.001) expect(jumps.has(at)).toBe(true)
      }
    }),
  )
})

const moment = fc.record({
  value: fc.constantFrom(undefined, 1, 2, 3),
  jumped: fc.boolean(),
  use: fc.constantFrom(null, 'rest', 'a', 'b'),
  learning: fc.boolean(),
})

test('whatever comes, it is believed exactly where a value came and nothing is held against it, kept as text it goes on alike, and a look ends it', () => {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 80 }), fc.nat(80), (moments, half) => {
      const [whole, first] = [newTrust(), newTrust()]
      const all = course(moments)
      const answers = all.map(one => {
        const believed = believe(whole, one)
        expect(believed).toBe(one.value !== undefined && whole.doubt === null)
        return believed
      })
      for (const one of all.slice(0, half)) believe(first, one)
      const kept = JSON.parse(JSON.stringify(first)) as typeof first
      expect(all.slice(half).map(one => believe(kept, one))).toEqual(answers.slice(half))
      expect(whole.doubt === null || doubtKinds.includes(whole.doubt.kind)).toBe(true)
      believeAgain(whole)
      expect(whole.doubt).toBeNull()
    }),
  )
})

test('after a jump it is believed again once an hour has passed without one, each jump beginning the hour anew', () => {
  const trust = newTrust()
  const jumps = [10, 40]
  const believed = course(Array.from({ length: 120 }, (_, i) => ({ value: i, jumped: jumps.includes(i) }))).map(one =>
    believe(trust, one),
  )
  expect(believed.indexOf(false)).toBe(10)
  expect(believed.lastIndexOf(false)).toBe(40 + calmMs / minute - 1)
})

test('it is missed after three times what is usual, and stuck sooner where the way of use goes on changing', () => {
  const trust = newTrust()
  // twenty moments at most without it are usual, and it always moves
  for (const one of course(Array.from({ length: 2100 }, (_, i) => ({ value: i % 21 === 0 ? i : undefined, learning: true }))))
    believe(trust, one)
  const after = (moments: Partial<Moment>[]) => {
    const own = structuredClone(trust)
    return course(moments).findIndex(one => {
      believe(own, one)
      return own.doubt !== null
    })
  }
  expect(after(Array.from({ length: 200 }, () => ({ value: undefined })))).toBe(60 - trust.silent)
  expect(after(Array.from({ length: 500 }, () => ({ value: -1 })))).toBe(400)
  expect(after(Array.from({ length: 500 }, (_, i) => ({ value: -1, use: i % 2 ? 'a' : 'b' })))).toBe(60)
  expect(after(Array.from({ length: 500 }, () => ({ value: -1, use: 'rest' })))).toBe(-1)
  expect(after(Array.from({ length: 500 }, () => ({ value: -1, moves: false })))).toBe(-1)
})
