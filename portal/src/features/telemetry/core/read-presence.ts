import { z } from 'zod'
import { isStorable } from '#platform/core'

const presence = z.object({
  connected: z.boolean(),
  /** of this connection alone: a last word belongs to the one with the same */
  session: z.string().min(1).max(64).refine(isStorable).optional(),
})
export type Presence = z.output<typeof presence>

/** `{"connected": true, "session": "5f0c…"}`; null: it is none */
export function readPresence(text: string): Presence | null {
  if (text.length > 1000) return null
  try {
    return presence.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
