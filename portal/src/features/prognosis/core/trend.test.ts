import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'
import { forecastTrend } from './trend.ts'

const random = seededRandom(11)
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

interface Process {
  drift: number
  wander: number
  noise: number
  points: number
}

/** A process that was watched for a while, and the step at which it truly reached a limit two units on. */
function watched({ drift, wander, noise, points }: Process) {
  let level = 0
  const seen = Array.from({ length: points }, (_, at) => {
    level += drift + wander * normal()
    return { at: at * 24, value: level + noise * normal() }
  })
  const limit = level + 2
  let steps = 0
  for (let now = level; now < limit && steps < 50_000; steps++) now += drift + wander * normal()
  return { seen, limit, hours: steps * 24 }
}

test.each<[string, Process, number]>([
  ['wanders', { drift: 0.03, wander: 0.1, noise: 0, points: 100 }, 0.84],
  ['is straight behind noise', { drift: 0.02, wander: 0, noise: 0.3, points: 60 }, 0.87],
  ['does both', { drift: 0.03, wander: 0.08, noise: 0.2, points: 100 }, 0.84],
])('of a value that %s the limit is reached within the interval about as often as it says', (_, process, least) => {
  let [foretold, covered] = [0, 0]
  for (let run = 0; run < 90; run++) {
    const { seen, limit, hours } = watched(process)
    const forecast = forecastTrend(seen, { value: limit, side: 'rising' })
    if (forecast.kind !== 'forecast') continue
    foretold++
    if (hours >= forecast.lower && (forecast.upper === null || hours <= forecast.upper)) covered++
  }
  expect(foretold).toBeGreaterThan(60)
  expect(covered / foretold).toBeGreaterThan(least)
})

test('of a value that goes nowhere it mostly says that there is no trend', () => {
  const said = Array.from({ length: 100 }, () => {
    const { seen, limit } = watched({ drift: 0, wander: 0.02, noise: 0.1, points: 60 })
    return forecastTrend(seen, { value: limit, side: 'rising' }).kind
  })
  expect(said.filter(kind => kind === 'none').length).toBeGreaterThan(80)
})

test('one wild point changes little, and a falling value is foretold like a rising one', () => {
  const { seen } = watched({ drift: 0.05, wander: 0.01, noise: 0.05, points: 80 })
  const wild = seen.map((point, place) => (place === 40 ? { ...point, value: 900 } : point))
  const limit = seen.at(-1)!.value + 2
  const [calm, hit, mirrored] = [
    forecastTrend(seen, { value: limit, side: 'rising' }),
    forecastTrend(wild, { value: limit, side: 'rising' }),
    forecastTrend(
      seen.map(({ at, value }) => ({ at, value: -value })),
      { value: -limit, side: 'falling' },
    ),
  ]
  expect(mirrored).toEqual(calm)
  if (calm.kind !== 'forecast' || hit.kind !== 'forecast') throw new Error(`${calm.kind} and ${hit.kind}`)
  expect(Math.abs(hit.median / calm.median - 1)).toBeLessThan(0.1)
})

test('of too few points, and of a limit that is behind already, it says so', () => {
  const line = (count: number) => Array.from({ length: count }, (_, at) => ({ at, value: at }))
  expect(forecastTrend(line(5), { value: 50, side: 'rising' })).toEqual({ kind: 'none', reason: 'too-little' })
  expect(forecastTrend(line(40), { value: 20, side: 'rising' })).toEqual({ kind: 'reached' })
  const exact = forecastTrend(line(40), { value: 49, side: 'rising' })
  expect(exact.kind === 'forecast' && Math.abs(exact.median - 10)).toBeLessThan(0.5)
})
