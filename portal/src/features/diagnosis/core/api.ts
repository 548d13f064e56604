import { z } from 'zod'
import { endpoint } from '#platform/core'
import { findingKinds } from './assessment/findings.ts'
import { healthStatuses } from './assessment/health.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const device = z.object({ deviceId: z.uuid() })

const findingView = z.object({
  id: z.string(),
  kind: z.enum(findingKinds),
  component: localizedText.nullable(),
  text: localizedText,
  /** 1: just out of what is usual; as it is, and as it was at its worst */
  score: z.number(),
  highest: z.number(),
  /** what tells of it, most first; shares sum to at most 1 */
  contributions: z.array(z.object({ name: localizedText, share: z.number(), higher: z.boolean() })),
  /** of a sensor that is not believed: moments whose reading was not used; null: it is about the machine */
  unused: z.number().int().nullable(),
  /** by the machine's clock, as far as the reader may know */
  since: z.string(),
  /** null: it goes on */
  until: z.string().nullable(),
  /** what a look at the machine said */
  verdict: z.enum(['confirmed', 'no-fault']).nullable(),
})
export type FindingView = z.output<typeof findingView>

const laterLearning = z.object({
  /** what is learned: a metric; null: a way of use */
  metric: localizedText.nullable(),
  /** the way of use, by what tells of it. until null: and beyond */
  use: z.array(z.object({ name: localizedText, unit: z.string(), from: z.number(), until: z.number().nullable() })),
  days: z.number().int(),
  of: z.number().int(),
  /** by the machine's clock, at the earliest; null: its days are over and there is not enough of it, or it waits */
  until: z.string().nullable(),
  /** what it belongs to is not as usual: nothing is learned of it until that is over */
  waits: z.boolean(),
})
export type LaterLearningView = z.output<typeof laterLearning>

const deviceHealth = z.object({
  /** false: it is part of a package that the company does not have for this machine, and nothing of it is here */
  open: z.boolean(),
  /** learning: what is usual is not known yet; unknown: nothing to judge by, or the reader may not know how it is now */
  kind: z.enum(['learning', 'known', 'unknown']),
  /** the owner keeps what it reports from the reader */
  withheld: z.boolean(),
  learned: z.object({ days: z.number().int(), of: z.number().int() }),
  index: z.number().int().nullable(),
  status: z.enum(healthStatuses),
  /** by the machine's clock: what was reported until then is in it */
  asOf: z.string().nullable(),
  /** judged: false where something that is measured of it is not believed, so that its index stays as it was */
  components: z.array(z.object({ key: z.string(), name: localizedText, index: z.number().int(), judged: z.boolean() })),
  /** what came after the machine had learned: it is not judged until it is learned too */
  later: z.array(laterLearning),
  /** the most recent first */
  findings: z.array(findingView),
  /** of the machine as a whole, where it changed */
  history: z.array(z.object({ at: z.string(), index: z.number().int() })),
})
export type DeviceHealthView = z.output<typeof deviceHealth>

export const getMyHealth = endpoint({
  id: 'diagnosis.getMyHealth',
  method: 'GET',
  path: '/my/devices/{deviceId}/health',
  summary: 'How a machine of the own company is, and what was found at it in half a year',
  access: { customer: 'device.read-own' },
  params: device,
  result: deviceHealth,
})

export const getHealth = endpoint({
  id: 'diagnosis.getHealth',
  method: 'GET',
  path: '/console/devices/{deviceId}/health',
  summary: 'How a machine is, and what was found at it in half a year',
  access: { staff: 'device.read' },
  params: device,
  result: deviceHealth,
})

export const relearnHealth = endpoint({
  id: 'diagnosis.relearn',
  method: 'POST',
  path: '/console/devices/{deviceId}/health/relearn',
  summary: 'Have what is usual at a machine learned anew from now on, as after a repair',
  access: { staff: 'device.manage' },
  params: device,
  audit: 'diagnosis.relearned',
  result: deviceHealth,
})
