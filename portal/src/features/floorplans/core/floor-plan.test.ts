import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freePlace, legendOf, metresOf, moved, type Place, placeAt, sideOf, whole } from './floor-plan.ts'

const share = fc.integer({ min: 0, max: whole })
const place = fc.record({ x: share, y: share })
const metres = fc.integer({ min: 2, max: 2000 })
const size = fc.record({ width: metres, depth: metres })
const direction = fc.constantFrom('left', 'right', 'up', 'down')

test('a step is as many metres either way, and never leaves the plan', () => {
  const hall = { width: 40, depth: 20 }
  expect(metresOf(moved({ x: 5000, y: 5000 }, 'right', 0.5, hall), hall)).toEqual({ x: 20.5, y: 10 })
  expect(metresOf(moved({ x: 5000, y: 5000 }, 'up', 0.5, hall), hall)).toEqual({ x: 20, y: 9.5 })
  fc.assert(
    fc.property(place, direction, fc.double({ min: 0, max: 50, noNaN: true }), size, (at, to, by, hall) => {
      const { x, y } = moved(at, to, by, hall)
      expect([x, y].every(one => Number.isInteger(one) && one >= 0 && one <= whole)).toBe(true)
      if (to === 'left' || to === 'right') expect(y).toBe(at.y)
      else expect(x).toBe(at.x)
    }),
  )
})

test('metres that were read off a plan lead back to within a tenth of them', () => {
  fc.assert(
    fc.property(place, size, (at, hall) => {
      const read = metresOf(at, hall)
      const again = metresOf(placeAt(read, hall), hall)
      const most = 0.1 + Math.max(hall.width, hall.depth) / whole
      expect(Math.max(Math.abs(again.x - read.x), Math.abs(again.y - read.y))).toBeLessThanOrEqual(most)
    }),
  )
})

test('a hundred machines put down one after the other keep clear of each other', () => {
  const taken: Place[] = []
  for (let count = 0; count < 100; count++) taken.push(freePlace(taken))
  expect(taken[0]).toEqual({ x: whole / 2, y: whole / 2 })
  expect(new Set(taken.map(({ x, y }) => `${x} ${y}`)).size).toBe(100)
})

test('what stands with marks covers no other and leaves the plan nowhere: words, else the serial number, else nothing', () => {
  const hall = { width: 1200, height: 600 }
  const legend = (places: Place[], words: number, drawn = hall) => legendOf(places, drawn, { words, serial: 70 })
  const [one, next] = [
    { x: 2000, y: 5000 },
    { x: 4000, y: 5000 },
  ]
  expect(legend([one, next], 130)).toBe('words')
  expect(legend([one, next], 240)).toBe('serial')
  expect(legend([one, { ...next, y: 7000 }], 240)).toBe('words')
  expect(legend([one, { ...next, x: 2300 }], 130)).toBe('none')
  expect(sideOf({ x: 9000, y: 0 }, hall, 130)).toBe('left')
  const facing = [
    { x: 7500, y: 0 },
    { x: 9500, y: 0 },
  ]
  expect(legend(facing, 130)).toBe('serial')
  expect(legend([one], 130, { width: 150, height: 75 })).toBe('serial')
})
