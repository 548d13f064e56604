import { type Contexts, newContexts, surprise } from './context.ts'
import { beginCourse, type Course, follow } from './course.ts'
import { newSeen, type Seen, unlike } from './novelty.ts'
import { clipped } from './order.ts'
import { above, newPeaks, type Peaks } from './peaks.ts'

/** From this score on it is remarkable: where a false alarm costs a small part of what a miss costs. */
export const detectionThreshold = 0.5
/** From this score on people are told of it: the views of a course have to be four widths above what is usual, not three. */
export const tellingThreshold = 4 / 7

/** values from which the first level and spread come */
const opening = 30
/** numbers of values over which means are taken */
const scales = [1, 3, 9, 27, 81, 243]
/** over how many values each feature looks, in the order of `featuresOf` */
const spans = [1, 1, 9, 27, 81, 3, 9, 27, 81, 30, 16, 64]
/** peaks are taken to vary by at least this, on the scale of logarithms */
const narrowest = 0.1
/** so many widths above the usual peak of a stretch is a score of one half */
const remarkable = 3
/** so many deviations above usual surprise is a score of one half */
const surprising = 2.5
/** of a time of the week that was never seen, less can be said */
const unseen = 0.4

/** Judges a course of values as it comes: plain data of bounded size, so that it can be kept. `createDetector` begins it, `observe` goes on. */
export interface Detector {
  /** values of which nothing is said */
  learning: number
  seen: number
  opening: number[]
  course: Course | null
  /** means of distances over each scale, and of those of times that are known */
  means: number[]
  known: number[]
  last: number
  /** how much a distance follows the one before: mean product, mean square */
  kinship: [number, number]
  /** how restless it is, of late and usually */
  restless: [number, number]
  near: Seen
  wide: Seen
  pool: { sum: number; count: number; unlike: number }
  /** absent: from before it was asked what follows what */
  contexts?: Contexts
  /** of each feature above and below what is expected */
  peaks: [above: Peaks, below: Peaks][]
  /** values since it last was remarkable */
  quiet: number
}

export interface Judged {
  /** 0 to 1. What goes on is said once: from the threshold on only where it was quiet for a fifth of the learning time */
  score: number
  /** the same without regard to what was said before */
  strength: number
}

/** learning: values of which nothing is said */
export function createDetector({ learning }: { learning: number }): Detector {
  return {
    ...{ learning, seen: 0, opening: [], course: null, last: 0, peaks: [], quiet: learning },
    means: scales.map(() => 0),
    known: scales.map(() => 0),
    kinship: [0, 1],
    restless: [0, 0],
    near: newSeen(),
    wide: newSeen(),
    pool: { sum: 0, count: 0, unlike: 0 },
    contexts: newContexts(),
  }
}

/**
 * Judges the next value and learns of it. Several views of what deviates from the usual course at its time (at once, over several lengths of time,
 * how restless it is, how unlike anything before) are each held against the highest they usually reach in a stretch of time; the most remarkable counts.
 * Beside them, how much the values surprise by what they follow, held against how much values usually do.
 * at: milliseconds since 1970, in order
 */
export function observe(detector: Detector, { at, value }: { at: number; value: number }): Judged {
  detector.seen++
  detector.contexts ??= newContexts()
  const surprised = surprise(detector.contexts, { at, value }, detector.learning)
  if (!detector.course) {
    detector.opening.push(value)
    if (detector.opening.length === opening) {
      detector.course = beginCourse(detector.opening)
      detector.opening = []
    }
    return { score: 0, strength: 0 }
  }
  const { distance, known } = follow(detector.course, at, value, detector.learning)
  const far = remarkableness(detector, [...featuresOf(detector, distance, known), ...unlikeness(detector, value)])
  const times = Math.max(far / remarkable, surprised / surprising)
  const strength = detector.seen <= detector.learning ? 0 : times / (times + 1)
  const said = strength >= detectionThreshold
  const score = said && detector.quiet < detector.learning / 5 ? 0 : strength
  detector.quiet = said ? 0 : detector.quiet + 1
  return { score, strength }
}

/** Widths above the usual peak, of the feature that is farthest above its own. */
function remarkableness({ learning, peaks }: Detector, features: readonly number[]): number {
  const stretch = Math.max(8, Math.floor(learning / 25))
  let far = 0
  for (const [i, feature] of features.entries()) {
    const length = Math.max(stretch, 2 * spans[i]!)
    peaks[i] ??= [newPeaks(length), newPeaks(length)]
    far = Math.max(far, above(peaks[i][0], Math.max(0, feature), narrowest), above(peaks[i][1], Math.max(0, -feature), narrowest))
  }
  return far
}

function featuresOf(detector: Detector, distance: number, isKnown: boolean): number[] {
  const { means, known, kinship, restless } = detector
  const [calm, calmLast] = [clipped(distance, 10), clipped(detector.last, 10)]
  const surprise = distance - (kinship[0] / kinship[1]) * detector.last
  kinship[0] += 0.005 * (calm * calmLast - kinship[0])
  kinship[1] = Math.max(0.01, kinship[1] + 0.005 * (calmLast ** 2 - kinship[1]))
  detector.last = distance
  for (const [i, scale] of scales.entries()) {
    means[i]! += (calm - means[i]!) / scale
    known[i]! += (calm * (isKnown ? 1 : unseen) - known[i]!) / scale
  }
  const rest = Math.log(Math.abs(clipped(surprise, 10)) + 0.05)
  restless[0] += (rest - restless[0]) / 15
  restless[1] += (rest - restless[1]) / 300
  return [
    surprise,
    distance,
    ...[1, 2, 3].map(i => (means[i]! - means[i + 2]!) * Math.sqrt(scales[i]!)), // against what was a while ago
    ...[1, 2, 3, 4].map(i => known[i]! * Math.sqrt(scales[i]!)), // against what is usual
    (restless[0] - restless[1]) * 3,
  ]
}

/** Against all that was seen: of 16 values, and of 16 means of four. */
function unlikeness({ course, near, wide, pool }: Detector, value: number): number[] {
  const seen = Math.asinh((value - course!.level) / course!.spread / 2) * 2
  pool.sum += seen
  if (++pool.count === 4) {
    pool.unlike = unlike(wide, pool.sum / 4)
    pool.sum = 0
    pool.count = 0
  }
  return [unlike(near, seen) * 3, pool.unlike * 3]
}
