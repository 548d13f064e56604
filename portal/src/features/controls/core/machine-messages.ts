import { z } from 'zod'
import { isStorable } from '#platform/core'
import type { SettingsReport } from './control-rules.ts'

/** Bytes of what a machine says of its settings and commands. */
export const longestMessage = 32 * 1024

const text = (most: number) => z.string().max(most).refine(isStorable)
const key = text(40)
const words = text(300)
const value = z.union([z.number(), text(40), z.boolean()])
const few = <Value extends z.ZodType>(of: Value) => z.record(key, of).refine(record => Object.keys(record).length <= 100)

const report = z.object({
  version: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  settings: few(value).default({}),
  refused: few(words).default({}),
})

const acknowledgement = z.object({
  id: z.uuid(),
  outcome: z.enum(['accepted', 'done', 'refused', 'failed']),
  reason: words.default(''),
})
export type Acknowledgement = z.output<typeof acknowledgement>

/** `{"version": 12, "settings": {"report_interval": 10}, "refused": {"warm_up": "the door is open"}}`; null: it is none */
export const readReport = (text: string): SettingsReport | null => read(report, text)

/** `{"id": "…", "outcome": "done", "reason": ""}`; null: it is none */
export const readAcknowledgement = (text: string): Acknowledgement | null => read(acknowledgement, text)

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
