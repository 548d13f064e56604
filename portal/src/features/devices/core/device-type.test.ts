import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isExact, type Metric, misplaced, settleMetrics } from './device-type.ts'
import { closestPattern } from './nameplate-pattern.ts'
import { plainKey } from './plain-key.ts'

const metric = (key: string, change: Partial<Metric> = {}): Metric => ({
  ...{ key, name: { 'zh-CN': key, en: key }, unit: '°C', min: 0, max: 100, decimals: 1 },
  ...{ maxRate: null, tells: null, component: null },
  ...change,
})

test('a metric that is left out is retired, and comes back as what it was', () => {
  const before = [{ ...metric('a'), retired: false }]
  const { metrics, conflicts } = settleMetrics(before, [metric('b')])
  expect(conflicts).toEqual([])
  expect(metrics.map(({ key, retired }) => [key, retired])).toEqual([
    ['b', false],
    ['a', true],
  ])
  expect(settleMetrics(metrics, [metric('a', { max: 200 }), metric('b')]).conflicts).toEqual([])
  expect(settleMetrics(metrics, [metric('a', { unit: 'K' }), metric('b', { decimals: 2 })]).conflicts).toEqual(['a', 'b'])
})

test('no key is ever lost or has two meanings', () => {
  const some = fc.uniqueArray(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), decimals: fc.integer({ min: 0, max: 2 }) }), {
    selector: ({ key }) => key,
  })
  fc.assert(
    fc.property(some, some, (before, wanted) => {
      const kept = before.map(({ key, decimals }) => ({ ...metric(key, { decimals }), retired: false }))
      const { metrics, conflicts } = settleMetrics(
        kept,
        wanted.map(({ key, decimals }) => metric(key, { decimals })),
      )
      expect(metrics.map(({ key }) => key).toSorted()).toEqual(
        [...new Set([...before, ...wanted].map(({ key }) => key))].toSorted(),
      )
      for (const { key, decimals } of kept)
        expect(conflicts.includes(key) || metrics.find(one => one.key === key)!.decimals === decimals).toBe(true)
    }),
  )
})

test('a range that cannot be kept exactly with so many decimals is noticed', () => {
  expect(isExact({ min: -40, max: 120, decimals: 2 })).toBe(true)
  expect(isExact({ min: 0, max: 1e12, decimals: 6 })).toBe(false)
})

test('a component is a part of one before it, so none of itself', () => {
  const list = [
    { key: 'spindle', partOf: null },
    { key: 'bearing', partOf: 'spindle' },
  ]
  expect(misplaced(list)).toEqual([])
  expect(misplaced(list.toReversed())).toEqual([0])
  expect(misplaced([{ key: 'a', partOf: 'a' }])).toEqual([0])
})

test('of several patterns the one that says most of the model holds', () => {
  const patterns = ['VM*', 'VM10*', 'VM1060'].map(patternKey => ({ patternKey }))
  const closest = (model: string) => closestPattern(plainKey(model), patterns)?.patternKey
  expect(closest('VM-850')).toBe('VM*')
  expect(closest('VM-1080')).toBe('VM10*')
  expect(closest('vm 1060')).toBe('VM1060')
  expect(closest('RT-320')).toBeUndefined()
})
