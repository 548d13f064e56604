import { z } from 'zod'
import { endpoint } from '#platform/core'
import { features } from './analyse.ts'
import { recordLimits } from './record.ts'
import { vibrationUnits } from './signal/measures.ts'

export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** What the plan of one type may hold. */
export const planLimits = { points: 16, zones: 12, bands: 6 } as const

const emptyName = {
  message: { 'zh-CN': '名称为空。', en: 'The name is missing.' },
  remedy: { 'zh-CN': '请填写中文和英文名称。', en: 'Give a name in Chinese and in English.' },
}
const name = z.string().trim().max(80).refine(Boolean, { params: emptyName })
const names = z.strictObject({ 'zh-CN': name, en: name })
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const hertz = z.number().min(0.1).max(200_000)

const wrongBand = {
  message: { 'zh-CN': '频带下限不低于上限。', en: 'The band ends before it begins.' },
  remedy: { 'zh-CN': '请使下限小于上限。', en: 'Make its lower end smaller than the upper.' },
}
const band = z.strictObject({ from: hertz, to: hertz }).refine(({ from, to }) => from < to, { path: ['to'], params: wrongBand })

const aboveHalf = {
  message: { 'zh-CN': '频带超过采样率的一半。', en: 'The band reaches beyond half the sampling rate.' },
  remedy: { 'zh-CN': '请降低频带上限或提高采样率。', en: 'Lower its upper end, or sample faster.' },
}
const thickRollers = {
  message: { 'zh-CN': '滚动体直径不小于节圆直径。', en: 'The rollers are as thick as the pitch circle.' },
  remedy: { 'zh-CN': '请更正两个直径。', en: 'Correct both diameters.' },
}

const point = z
  .strictObject({
    /** as machines call it */
    key,
    name: names,
    unit: z.enum(vibrationUnits),
    /** samples a second */
    rate: z.number().min(100).max(200_000),
    /** of what machines send, in the unit */
    scale: z.number().positive().max(1e6).default(1),
    /** of one record at most */
    samples: z.number().int().min(recordLimits.least).max(recordLimits.most).default(recordLimits.most),
    component: z.string().max(40).nullable().default(null),
    /** metric in 1/min, for records that do not say how fast it turned */
    speedMetric: z.string().max(40).nullable().default(null),
    /** 1/min, where neither says */
    speed: z.number().positive().max(1e6).nullable().default(null),
    bearing: z
      .strictObject({
        rollers: z.number().int().min(3).max(200),
        rollerDiameter: z.number().positive().max(1e4),
        pitchDiameter: z.number().positive().max(1e4),
        contactAngle: z.number().min(0).max(89),
      })
      .refine(({ rollerDiameter, pitchDiameter }) => rollerDiameter < pitchDiameter, {
        path: ['pitchDiameter'],
        params: thickRollers,
      })
      .nullable()
      .default(null),
    /** what rings when something is struck: its envelope is looked at; null: an eighth to four tenths of the rate */
    envelope: band.nullable().default(null),
    /** key of zones of the plan */
    zones: z.string().max(40).nullable().default(null),
    /** metrics of the type that are fed with what is computed */
    metrics: z.partialRecord(z.enum(features), z.string().max(40)).default({}),
    /** bands of frequencies whose strength is a metric */
    bands: z
      .array(
        z
          .strictObject({ from: hertz, to: hertz, metric: z.string().max(40) })
          .refine(({ from, to }) => from < to, { path: ['to'], params: wrongBand }),
      )
      .max(planLimits.bands)
      .default([]),
  })
  .superRefine(({ rate, envelope, bands }, context) => {
    const tell = (path: (string | number)[]) => context.addIssue({ code: 'custom', path, params: aboveHalf })
    if (envelope && envelope.to > rate / 2) tell(['envelope', 'to'])
    for (const [at, { to }] of bands.entries()) if (to > rate / 2) tell(['bands', at, 'to'])
  })
export type Point = z.output<typeof point>

const unordered = {
  message: { 'zh-CN': '界限须由小到大。', en: 'The boundaries do not rise.' },
  remedy: { 'zh-CN': '请使 A/B < B/C < C/D。', en: 'Make A/B smaller than B/C, and that smaller than C/D.' },
}
const mmPerSecond = z.number().positive().max(1000)
const zoneSet = z
  .strictObject({
    key,
    /** which machines, on which foundation */
    name: names,
    ab: mmPerSecond,
    bc: mmPerSecond,
    cd: mmPerSecond,
  })
  .refine(({ ab, bc, cd }) => ab < bc && bc < cd, { path: ['cd'], params: unordered })
export type ZoneSet = z.output<typeof zoneSet>

const twice = {
  message: { 'zh-CN': '这个标识出现了两次。', en: 'This key stands in the list twice.' },
  remedy: { 'zh-CN': '请改用另一个标识。', en: 'Use another key.' },
}
export const vibrationFields = z
  .strictObject({
    points: z.array(point).max(planLimits.points).default([]),
    zones: z.array(zoneSet).max(planLimits.zones).default([]),
  })
  .superRefine((fields, context) => {
    for (const list of ['points', 'zones'] as const)
      for (const [at, { key: one }] of fields[list].entries())
        if (fields[list].findIndex(other => other.key === one) < at)
          context.addIssue({ code: 'custom', path: [list, at, 'key'], params: twice })
  })
export type VibrationFields = z.output<typeof vibrationFields>

const named = z.object({ key: z.string(), name: localizedText })
const plan = z.object({
  typeName: localizedText,
  points: z.array(point),
  zones: z.array(zoneSet),
  /** of the type, to choose from */
  metrics: z.array(named.extend({ unit: z.string() })),
  components: z.array(named),
})
export type VibrationPlan = z.output<typeof plan>

const typeId = z.object({ typeId: z.uuid() })

export const getVibrationPlan = endpoint({
  id: 'vibration.getPlan',
  method: 'GET',
  path: '/console/device-types/{typeId}/vibration',
  summary: 'Where vibration of machines of a type is recorded, and how it is judged',
  access: { staff: 'product.read' },
  params: typeId,
  concurrency: 'etag',
  result: plan,
})

export const changeVibrationPlan = endpoint({
  id: 'vibration.changePlan',
  method: 'PUT',
  path: '/console/device-types/{typeId}/vibration',
  summary: 'Change where vibration of machines of a type is recorded, and how it is judged. Records to come are computed by it',
  access: { staff: 'device-type.manage' },
  params: typeId,
  body: vibrationFields,
  concurrency: 'if-match',
  audit: 'vibration-plan.changed',
  result: plan,
})
