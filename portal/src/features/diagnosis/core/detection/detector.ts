import { type Contexts, newContexts, surprise } from './context.ts'
import { beginCourse, type Course, follow } from './course.ts'
import { newSeen, type Seen, unlike } from './novelty.ts'
import { clipped } from './order.ts'
import { above, newPeaks, type Peaks } from './peaks.ts'
import { newRanks, type Ranks, rankedOut } from './ranks.ts'

/** From this score on it is remarkable: where a false alarm costs a small part of what a miss costs. */
export const detectionThreshold = 0.5
/** From this score on people are told of it: the views of a course have to be four widths above what is usual, not three. */
export const tellingThreshold = 4 / 7

/** Another one wherever what is kept of a detector gets another form or meaning. */
export const detectorVersion = 2

/** values from which the first level and spread come */
const opening = 30
/** numbers of values over which means are taken */
const scales = [3, 9, 27, 81, 243]
/** over how many values each feature looks, in the order of `featuresOf` */
const spans = [1, 1, 9, 27, 81, 16, 30, 9, 24]
/** values over which it is looked how far they go from one to the next, of late and usually */
const lately = 30
const usually = 600
/** a step is taken for as great at least, in usual distances */
const smallestStep = 0.01
/** peaks are taken to vary by at least this, on the scale of logarithms */
const narrowest = 0.1
/** so many widths above the usual peak of a stretch is a score of one half */
const remarkable = 3
/** so many deviations above usual surprise is a score of one half */
const surprising = 2.5

/** Judges a course of values as it comes: plain data of bounded size, so that it can be kept. `createDetector` begins it, `observe` goes on. */
export interface Detector {
  /** one of another version is not gone on with */
  version: typeof detectorVersion
  /** values of which nothing is said */
  learning: number
  seen: number
  opening: number[]
  course: Course | null
  /** means of distances over each scale */
  means: number[]
  last: number
  /** how much a distance follows the one before: mean product, mean square */
  kinship: [number, number]
  /** the value before, and the size of steps on the scale of logarithms, of late and usually */
  before: number | null
  steps: [number, number]
  seenAlike: Seen
  ranks: Ranks
  contexts: Contexts
  /** of each feature above and below what is expected */
  peaks: [above: Peaks, below: Peaks][]
  /** values since it last was remarkable */
  quiet: number
}

export interface Judged {
  /** 0 to 1. What goes on is said once: from the threshold on only where it was quiet for a seventh of the learning time */
  score: number
  /** the same without regard to what was said before */
  strength: number
}

/** learning: values of which nothing is said */
export function createDetector({ learning }: { learning: number }): Detector {
  return {
    version: detectorVersion,
    ...{ learning, seen: 0, opening: [], course: null, last: 0, before: null, peaks: [], quiet: learning },
    means: scales.map(() => 0),
    kinship: [0, 1],
    steps: [0, 0],
    seenAlike: newSeen(),
    ranks: newRanks(),
    contexts: newContexts(),
  }
}

/**
 * Judges the next value and learns of it. Several views of it (how far it is from the usual course at its time, at once and over several lengths of
 * time; how unlike anything before; how restless or calm; how far out among all values) are each held against the highest they usually reach in a
 * stretch of time; the most remarkable counts. Beside them, how much the values surprise by what they follow, held against how much values usually do.
 * at: milliseconds since 1970, in order
 */
export function observe(detector: Detector, { at, value }: { at: number; value: number }): Judged {
  detector.seen++
  const surprised = surprise(detector.contexts, { at, value }, detector.learning)
  if (!detector.course) {
    detector.opening.push(value)
    if (detector.opening.length === opening) {
      detector.course = beginCourse(detector.opening)
      detector.opening = []
    }
    return { score: 0, strength: 0 }
  }
  const distance = follow(detector.course, at, value, detector.learning)
  const far = remarkableness(detector, featuresOf(detector, detector.course, { value, distance }))
  const times = Math.max(far / remarkable, surprised / surprising)
  const strength = detector.seen <= detector.learning ? 0 : times / (times + 1)
  const said = strength >= detectionThreshold
  const score = said && detector.quiet < detector.learning / 7 ? 0 : strength
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

function featuresOf(detector: Detector, course: Course, { value, distance }: { value: number; distance: number }): number[] {
  const alike = Math.asinh((value - course.level) / course.spread / 2) * 2
  return [
    ...deviations(detector, distance),
    unlike(detector.seenAlike, alike) * 3,
    restlessness(detector, value, course.spread) * 3,
    ...rankedOut(detector.ranks, value),
  ]
}

/** From what was to be expected after the last distance, at its time, and over some lengths of time against what was a while ago. */
function deviations(detector: Detector, distance: number): number[] {
  const { means, kinship } = detector
  const [calm, calmLast] = [clipped(distance, 10), clipped(detector.last, 10)]
  const unexpected = distance - (kinship[0] / kinship[1]) * detector.last
  kinship[0] += 0.005 * (calm * calmLast - kinship[0])
  kinship[1] = Math.max(0.01, kinship[1] + 0.005 * (calmLast ** 2 - kinship[1]))
  detector.last = distance
  for (const [i, scale] of scales.entries()) means[i]! += (calm - means[i]!) / scale
  return [unexpected, distance, ...[0, 1, 2].map(i => (means[i]! - means[i + 2]!) * Math.sqrt(scales[i]!))]
}

/** How much farther it goes from value to value than usually, or less far, on the scale of logarithms. What does not move at all is very calm. */
function restlessness(detector: Detector, value: number, spread: number): number {
  const { before, steps, seen } = detector
  detector.before = value
  if (before === null) return 0
  const step = Math.log(Math.abs(value - before) / spread + smallestStep)
  steps[0] += (step - steps[0]) / lately
  steps[1] += (step - steps[1]) / Math.min(usually, seen)
  return seen > opening + lately ? steps[0] - steps[1] : 0
}
