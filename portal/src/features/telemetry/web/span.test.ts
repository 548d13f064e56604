import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movedBy, overviewOf, scaledBy, withEnd, within, writtenZoom, zoomIn } from './span.ts'

const span = fc
  .tuple(fc.integer({ min: 1e12, max: 1.8e12 }), fc.integer({ min: 10_000, max: 3e9 }))
  .map(([from, length]) => ({ from, to: from + length }))

test('a closer look goes into the address and comes back as it was', () => {
  fc.assert(
    fc.property(span, look => {
      expect(zoomIn(new URLSearchParams(writtenZoom(look)))).toEqual(look)
    }),
  )
  for (const wrong of ['from=2&to=1', 'from=x&to=2', 'from=0&to=5', 'to=5', 'from=1.5&to=9'])
    expect(zoomIn(new URLSearchParams(wrong))).toBeNull()
})

test('the strip always holds the closer look, wherever it lies', () => {
  fc.assert(
    fc.property(span, span, (whole, zoom) => {
      const shown = overviewOf(whole, zoom)
      expect(shown.from).toBeLessThanOrEqual(zoom.from)
      expect(shown.to).toBeGreaterThanOrEqual(zoom.to)
      expect(shown.to - shown.from).toBeGreaterThanOrEqual(whole.to - whole.from)
    }),
  )
})

test('a window stays in its strip, and its ends never cross, however they are pulled', () => {
  const pulled = fc.record({
    end: fc.constantFrom('from' as const, 'to' as const),
    at: fc.double({ min: 0, max: 3e12, noNaN: true }),
  })
  fc.assert(
    fc.property(span, fc.array(pulled, { maxLength: 10 }), (outer, pulls) => {
      let window = within(scaledBy(outer, 0.3), outer)
      for (const { end, at } of pulls) window = withEnd(window, end, at, outer)
      expect(window.from).toBeGreaterThanOrEqual(outer.from)
      expect(window.to).toBeLessThanOrEqual(outer.to)
      expect(window.to).toBeGreaterThan(window.from)
    }),
  )
})

test('moving keeps the length, and closer and farther lead back', () => {
  fc.assert(
    fc.property(span, look => {
      const moved = movedBy(look, 0.5)
      expect(moved.to - moved.from).toBeCloseTo(look.to - look.from, 3)
      const back = scaledBy(scaledBy(look, 2), 0.5)
      expect(back.from).toBeCloseTo(look.from, 3)
    }),
  )
})
