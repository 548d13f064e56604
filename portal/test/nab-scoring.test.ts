import { expect, test } from 'vitest'
import { bestThreshold, normalised, rawScore, type Scored } from '../../bench/nab-scoring.ts'

const costs = { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 }
const stamps = Array.from({ length: 1000 }, (_, i) => String(i))
const file = (detected: Record<number, number>): Scored => ({
  name: 'file',
  stamps,
  scores: stamps.map((_, i) => detected[i] ?? 0),
  windows: [
    ['400', '499'],
    ['700', '799'],
  ],
})
const score = (detected: Record<number, number>) => normalised(rawScore([file(detected)], costs, 0.5), 2, costs)

test('nothing detected scores 0, and each window at its first row and nothing else 100', () => {
  expect(score({})).toBe(0)
  expect(score({ 400: 1, 700: 1 })).toBeCloseTo(100, 10)
})

test('late in a window counts less, twice in a window once, and far outside 0.11 each', () => {
  expect(score({ 400: 1, 690: 1, 700: 1 })).toBeCloseTo(100 - (100 * 0.11 * 0.9999) / 4, 0)
  expect(score({ 450: 1, 460: 1, 700: 1 })).toBeCloseTo((100 * (0.8483 / 0.9866 + 1 + 2)) / 4, 0)
  expect(rawScore([file({ 300: 1, 350: 1 })], costs, 0.5)).toBeCloseTo(-2.22, 10)
  expect(rawScore([file({ 505: 1 })], costs, 0.5)).toBeGreaterThan(-2.02) // just behind a window it costs hardly anything
})

test('what is said in the first 15 percent counts nothing', () => {
  expect(rawScore([file({ 149: 1 })], costs, 0.5)).toBe(-2)
  expect(rawScore([file({ 150: 1 })], costs, 0.5)).toBeCloseTo(-2.11, 10)
})

test('the best threshold is the one whose score is highest', () => {
  const one = file({ 300: 0.4, 400: 0.9, 700: 0.6, 900: 0.5 })
  expect(bestThreshold([one], costs)).toEqual({ threshold: 0.6, score: rawScore([one], costs, 0.6) })
})
