import { z } from 'zod'
import { isVisible, type Span } from './holding.ts'
import { identificationLengths } from './identification.ts'

/** What a machine may say of itself, in the words of OPC 40001-1. */
export const revisionWords = ['hardwareRevision', 'softwareRevision'] as const
export type RevisionWord = (typeof revisionWords)[number]
export type Revisions = Partial<Record<RevisionWord, string>>

/** Bytes of the longest message about them. */
export const longestNameplate = 1000

const revision = (word: RevisionWord) =>
  z
    .string()
    .trim()
    .min(1)
    .max(identificationLengths[word])
    .regex(/^\P{C}+$/u)
const revisions = z.object({
  hardwareRevision: revision('hardwareRevision').optional(),
  softwareRevision: revision('softwareRevision').optional(),
})

/** `{"hardwareRevision": "C", "softwareRevision": "4.2.1"}`, either may be left out, and other words are passed over; null: it is no such message */
export function readNameplate(text: string): Revisions | null {
  try {
    return toldOf(revisions.parse(JSON.parse(text)))
  } catch {
    return null
  }
}

const toldOf = ({ hardwareRevision, softwareRevision }: z.output<typeof revisions>): Revisions => ({
  ...(hardwareRevision === undefined ? {} : { hardwareRevision }),
  ...(softwareRevision === undefined ? {} : { softwareRevision }),
})

/** Keys of the metrics `Properties/Hardware Version`, `Properties/FW Version` … of an edge node of Sparkplug B; of several that say the same the first counts. */
const bySparkplug: Record<RevisionWord, readonly string[]> = {
  hardwareRevision: ['properties_hardware_revision', 'properties_hardware_version', 'properties_hw_version'],
  softwareRevision: [
    ...['properties_software_revision', 'properties_software_version'],
    ...['properties_firmware_version', 'properties_fw_version', 'properties_fw'],
  ],
}

/** The keys under which an edge node says its revisions. */
export const propertyKeys: ReadonlySet<string> = new Set(Object.values(bySparkplug).flat())

/** What an edge node says of its revisions, by those keys; what is no revision is left out. */
export function revisionsAmong(values: ReadonlyMap<string, unknown>): Revisions {
  const said = revisionWords.flatMap(word => {
    const key = bySparkplug[word].find(one => values.has(one))
    const parsed = key === undefined ? undefined : revision(word).safeParse(values.get(key)).data
    return parsed === undefined ? [] : [[word, parsed] as const]
  })
  return Object.fromEntries(said)
}

/** What a machine reported of one of its revisions, and when first. */
export interface RevisionChange {
  revision: string
  at: Date
}

/**
 * Which revision a reader is told of and since when. It is the last one: whoever may see the machine now may know what runs on it, but not when that came
 * where it was before his time (`since` null). Whoever may not is told of the last he could see. changes: of one word, the earliest first
 */
export function revisionFor(
  changes: readonly RevisionChange[],
  spans: readonly Span[],
  now: Date,
): { revision: string; since: Date | null } | null {
  const last = changes.at(-1)
  if (!last) return null
  const seen = changes.findLast(({ at }) => isVisible(at, spans))
  if (seen === last || !isVisible(now, spans)) return seen ? { revision: seen.revision, since: seen.at } : null
  return { revision: last.revision, since: null }
}

const reported = z
  .object({
    value: z.string(),
    /** when it first said so; null: before the time of which the reader may see anything */
    since: z.string().nullable(),
  })
  .nullable()

/** As the machine itself reports it; null: it has said nothing the reader may see. */
export const shownReported = z.object({ hardwareRevision: reported, softwareRevision: reported })
export type ReportedRevisions = z.output<typeof shownReported>
