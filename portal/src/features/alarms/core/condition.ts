import { z } from 'zod'

/** Bounds of what a rule may ask, so that it stays cheap to look at. */
export const conditionLimits = {
  parts: 8,
  /** of a window or a duration, in seconds: a week */
  seconds: 7 * 86_400,
  repeats: 100,
  /** of a baseline, in hours */
  baselineHours: 24 * 30,
} as const

export const comparisons = ['gt', 'ge', 'lt', 'le', 'eq', 'ne'] as const
export type Comparison = (typeof comparisons)[number]

const seconds = z.number().int().min(1).max(conditionLimits.seconds)
const metric = z.string().min(1).max(40)
const bound = z.number().min(-1e15).max(1e15)

/** What any part may have besides: it has to hold so long, or to begin so often within a time. */
const modified = {
  /** seconds that it has to hold without interruption */
  lasting: seconds.optional(),
  /** it has to begin so many times within so many seconds */
  repeated: z.strictObject({ times: z.number().int().min(2).max(conditionLimits.repeats), seconds }).optional(),
}

const threshold = z.strictObject({
  kind: z.literal('threshold'),
  metric,
  op: z.enum(comparisons),
  value: bound,
  /** once it holds, the value has to come back by so much before it holds no more */
  hysteresis: z.number().min(0).max(1e15).optional(),
  ...modified,
})

const rate = z.strictObject({
  kind: z.literal('rate'),
  metric,
  side: z.enum(['rise', 'fall']),
  /** by more than this, in the metric's unit */
  value: z.number().positive().max(1e15),
  /** within so many seconds */
  seconds,
  ...modified,
})

const deviation = z.strictObject({
  kind: z.literal('deviation'),
  metric,
  side: z.enum(['above', 'below', 'both']),
  /** how many robust standard deviations (1.4826 MAD) from the median of the machine's own last hours */
  factor: z.number().min(1).max(50),
  hours: z.number().int().min(1).max(conditionLimits.baselineHours),
  ...modified,
})

const silence = z.strictObject({
  kind: z.literal('silence'),
  /** null: none of the machine's metrics comes */
  metric: metric.nullable(),
  seconds,
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const schedule = z.strictObject({
  kind: z.literal('schedule'),
  /** 1 Monday to 7 Sunday */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: clock,
  /** the same as from: the whole day; before it: until the next day */
  until: clock,
  zone: z.string().max(60).refine(isZone, { params: wrongZone() }),
})

const leaf = z.discriminatedUnion('kind', [threshold, rate, deviation, silence, schedule])
const group = z.strictObject({
  kind: z.literal('group'),
  join: z.enum(['all', 'any']),
  parts: z.array(leaf).min(1).max(conditionLimits.parts),
  ...modified,
})

/** When an alarm is raised: parts of which all or any hold; a part may be a group of its own. */
export const conditionSchema = z.strictObject({
  kind: z.literal('group'),
  join: z.enum(['all', 'any']),
  parts: z
    .array(z.union([leaf, group]))
    .min(1)
    .max(conditionLimits.parts),
  ...modified,
})
export type Condition = z.output<typeof conditionSchema>
export type Leaf = z.output<typeof leaf>
/** Any part of a condition, and the whole of it. */
export type Part = Condition['parts'][number] | Condition

/** The part and all below it, each before its own parts. */
export const partsOf = (part: Part): Part[] => (part.kind === 'group' ? [part, ...part.parts.flatMap(partsOf)] : [part])

/** Keys of the metrics a condition looks at. */
export const metricsOf = (condition: Condition): string[] => [
  ...new Set(partsOf(condition).flatMap(part => ('metric' in part && part.metric !== null ? [part.metric] : []))),
]

/** Whether time alone can make it hold, or hold no more. */
export const needsTime = (condition: Condition): boolean =>
  partsOf(condition).some(
    part =>
      part.kind === 'silence' ||
      part.kind === 'schedule' ||
      ('lasting' in part && part.lasting) ||
      ('repeated' in part && part.repeated),
  )

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function wrongZone() {
  return {
    message: { 'zh-CN': '没有这个时区。', en: 'There is no such time zone.' },
    remedy: { 'zh-CN': '请填写如 Asia/Shanghai 的时区名称。', en: 'Write it as Asia/Shanghai.' },
  }
}
