import type { Life } from './life.ts'
import { seededRandom, shuffled } from './random.ts'

/** Parts that wear at a pace of their own; two sensors see the wear through noise, one tells nothing. For tests. whole: lengths are multiples of it */
export function wearingLives(count: number, seed: number, whole = 1): Life[] {
  const random = seededRandom(seed)
  const noise = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: count }, (_, unit) => {
    const steps = whole * Math.round((60 + 120 * random()) / whole)
    const wear = (step: number) => (step / steps) ** 3
    const sensor = (of: (step: number) => number) => Float64Array.from({ length: steps }, (_, step) => of(step))
    return {
      ...{ unit: String(unit), steps, before: 0, end: 'failed' as const },
      sensors: [
        sensor(step => 20 + 5 * wear(step) + 0.4 * noise()),
        sensor(step => 3 - wear(step) + 0.1 * noise()),
        sensor(noise),
      ],
      settings: [],
    }
  })
}

/** The same lives, each ending when another one does: readings go on from the beginning where there are none left. */
export function endsDealtOut(lives: readonly Life[], seed: number): Life[] {
  const dealt = shuffled(lives, seededRandom(seed))
  return lives.map((life, place) => {
    const { steps } = dealt[place]!
    const sensors = life.sensors.map(sensor => Float64Array.from({ length: steps }, (_, step) => sensor[step % life.steps]!))
    return { ...life, steps, sensors }
  })
}

/** The same lives with every step's readings dealt out to any step of any life: what was measured tells nothing of what is left. */
export function dealtOut(lives: readonly Life[], seed: number): Life[] {
  const all = lives.flatMap(life => Array.from({ length: life.steps }, (_, step) => life.sensors.map(sensor => sensor[step]!)))
  const dealt = shuffled(all, seededRandom(seed))
  let next = 0
  return lives.map(life => {
    const own = dealt.slice(next, next + life.steps)
    next += life.steps
    return { ...life, sensors: life.sensors.map((_, sensor) => Float64Array.from(own, row => row[sensor]!)) }
  })
}
