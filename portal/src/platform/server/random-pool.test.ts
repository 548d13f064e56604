import { expect, test } from 'vitest'
import { takeRandom } from './random-pool.ts'

test('nothing is handed out twice, and what was handed out stays as it was', () => {
  const taken = Array.from({ length: 2000 }, () => takeRandom(16))
  const texts = taken.map(bytes => bytes.toString('hex'))
  expect(new Set(texts).size).toBe(2000)
  for (let more = 0; more < 600; more++) takeRandom(16).fill(0)
  expect(taken.map(bytes => bytes.toString('hex'))).toEqual(texts)
})
