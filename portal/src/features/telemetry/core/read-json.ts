import { isStorable } from '#platform/core'
import { readingLimits, type SaidMessage, type SaidReading, type Sequence } from './reading.ts'

/**
 * Reads a message in JSON. It is one reading, `{"metric": "spindle_speed", "value": 8000, "at": 1767225600000}`, or several of one moment,
 * `{"at": …, "values": {"spindle_speed": 8000, "coolant_temperature": 24.5}}`, or a list of such, bare or as
 * `{"sentAt": …, "readings": […]}`. Each may have a number, `"boot": "5f0c…", "seq": 17`, which other than so is not looked at. Null where it is none of these, or holds too many: then nothing of it counts.
 */
export function readJson(text: string): SaidMessage | null {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return null
  }
  const message: SaidMessage = { readings: [], sentAt: isRecord(said) ? said.sentAt : undefined, sequence: sequenceOf(said) }
  const parts = Array.isArray(said) ? said : isRecord(said) && Array.isArray(said.readings) ? said.readings : [said]
  for (const part of parts) if (!addTo(message.readings, part)) return null
  return message.readings.length === 0 ? null : message
}

function addTo(readings: SaidReading[], part: unknown): boolean {
  if (!isRecord(part)) return false
  const { at } = part
  if (isRecord(part.values)) {
    for (const metric in part.values) readings.push({ metric, value: part.values[metric], at })
  } else if (typeof part.metric === 'string') readings.push({ metric: part.metric, value: part.value, at })
  else return false
  return readings.length <= readingLimits.readings
}

function sequenceOf(said: unknown): Sequence | null {
  if (!isRecord(said)) return null
  const { boot, seq } = said
  if (typeof boot !== 'string' || boot.length > 64 || !isStorable(boot)) return null
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0 ? { boot, seq } : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
