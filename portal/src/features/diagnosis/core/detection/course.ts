import { clipped, median, robustSpread } from './order.ts'

const dayMs = 86_400_000
/** slots of a day, of a week */
const daySlots = 48
const weekSlots = 336
/** repetitions over which a slot forgets */
const memory = 12

/**
 * What a value usually is at this time: a level that follows slowly, and by time of day and of week what deviates from it, as far as these
 * have proved to foretell. Values in between are interpolated; wild ones move nothing far.
 */
export interface Course {
  level: number
  /** usual distance from what is expected, in the value's unit */
  spread: number
  seen: number
  day: Slots
  week: Slots
  /** mean distance from what was foretold by the level alone, with the time of day, with the time of week */
  missed: [number, number, number]
}

interface Slots {
  value: number[]
  count: number[]
}

/** What the first values say. */
export function beginCourse(values: readonly number[]): Course {
  const spread = robustSpread(values)
  return {
    level: median(values),
    spread: spread > 0 ? spread : smallest(values),
    seen: 0,
    day: emptySlots(daySlots),
    week: emptySlots(weekSlots),
    missed: [1, 1, 1],
  }
}

/** How far a value is from what is usual at its time, in usual distances; the course takes it in. */
export function follow(course: Course, at: number, value: number, patience: number): number {
  const [day, week] = [place(course.day, at / dayMs), place(course.week, at / (7 * dayMs))]
  const byDay = foretold(course.day, day)
  const byWeek = foretold(course.week, week) ?? byDay
  const deviation = value - course.level
  const misses = [deviation, deviation - (byDay ?? 0), deviation - (byWeek ?? 0)].map(miss => miss / course.spread)
  const trust = course.missed.map(missed => (missed + 0.05) ** -6)
  const sum = trust[0]! + trust[1]! + trust[2]!
  const distance = misses.reduce((total, miss, i) => total + (miss * trust[i]!) / sum, 0)

  course.seen++
  const gain = Math.max(1 / patience, 1 / (course.seen + 20))
  if (byDay !== null)
    for (const [i, miss] of misses.entries()) course.missed[i]! += gain * (Math.min(Math.abs(miss), 8) - course.missed[i]!)
  const slow = Math.max(1 / (8 * patience), 1 / (course.seen + 20))
  course.spread *= 1 + slow * (Math.min(Math.abs(distance), 4) * 1.25 - 1)
  course.level += 2 * gain * clipped(distance, 3) * course.spread
  learn(course.day, day, deviation, 3 * course.spread)
  learn(course.week, week, deviation, 3 * course.spread)
  return distance
}

interface Place {
  slot: number
  next: number
  share: number
}

function place({ value }: Slots, turns: number): Place {
  const exact = (turns - Math.floor(turns)) * value.length - 0.5
  const below = Math.floor(exact)
  return { slot: (below + value.length) % value.length, next: (below + 1) % value.length, share: exact - below }
}

/** null: not seen twice yet */
function foretold({ value, count }: Slots, { slot, next, share }: Place): number | null {
  const [weight, nextWeight] = [count[slot]! >= 2 ? 1 - share : 0, count[next]! >= 2 ? share : 0]
  return weight + nextWeight < 0.2 ? null : (value[slot]! * weight + value[next]! * nextWeight) / (weight + nextWeight)
}

function learn(slots: Slots, { slot, next, share }: Place, deviation: number, most: number): void {
  for (const [i, weight] of [
    [slot, 1 - share],
    [next, share],
  ] as const) {
    slots.count[i]! += weight
    const miss = deviation - slots.value[i]!
    const gain = weight * Math.max(1 / memory, 1 / (1 + slots.count[i]!))
    slots.value[i]! += gain * (slots.count[i]! < 2 ? miss : clipped(miss, most))
  }
}

function emptySlots(length: number): Slots {
  return { value: Array(length).fill(0), count: Array(length).fill(0) }
}

/** Values that never move: a thousandth of them is a distance. */
function smallest(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + Math.abs(value - median(values)), 0) / values.length
  return mean || Math.abs(median(values)) / 1000 || 1e-6
}
