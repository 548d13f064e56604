import { expect, test } from 'vitest'
import { extendHistory } from './extend-history.ts'

const at = (second: number) => Date.parse('2026-11-26T12:00:00Z') + second * 1000
const point = (second: number, value: number, count = 1) => ({
  at: new Date(at(second)).toISOString(),
  ...{ min: value, max: value, mean: value, count },
})

test('what came since goes on in the same steps, and what the course holds already is not added', () => {
  const history = { step: 10_000, hourlyUntil: null, points: [point(0, 1, 10), point(10, 2, 4)] }
  const came = [15, 19, 20, 24, 41].map(second => ['load', at(second), second] as const)
  expect(extendHistory(history, came).points.slice(2)).toEqual([
    { ...point(20, 0), min: 20, max: 24, mean: 22, count: 2 },
    point(40, 41),
  ])
  expect(extendHistory({ ...history, step: 1000, points: [] }, came.slice(0, 1)).points).toEqual([point(15, 15)])
})
