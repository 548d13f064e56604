/** The last of a metric: its key, milliseconds since 1970, value in its unit. */
export type LiveReading = readonly [metric: string, at: number, value: number]

/**
 * Events of a live stream, by name. Readings of one metric come in the order of their time, and none comes twice.
 * `alarm`, `health`: something of it has changed, read it. `rights`: the reader may see other times of the machine than before, read again.
 * `again`: something may have been missed, read all again.
 */
export interface LiveEvents {
  readings: { device: string; readings: LiveReading[] }
  connection: { device: string; connected: boolean; since: string }
  alarm: { device: string }
  health: { device: string }
  rights: { device: string }
  again: Record<string, never>
}
export type LiveEventName = keyof LiveEvents

/** An event as it is sent. id: what a reader who comes back shows as Last-Event-ID */
export const writeEvent = <Name extends LiveEventName>(name: Name, data: LiveEvents[Name]): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/**
 * The moments up to which a reader has each of his machines, as one word: the latest of them and how far the others lie behind, to the
 * base of 36. null: of that one nothing was sent yet
 */
export function writeMarks(marks: readonly (number | null)[]): string {
  const latest = marks.reduce<number>((most, mark) => Math.max(most, mark ?? 0), 0)
  return [latest, ...marks.map(mark => (mark === null ? null : latest - mark))]
    .map(part => (part === null ? '' : part.toString(36)))
    .join('.')
}

/** What `writeMarks` wrote, for so many machines; null: it is nothing of that kind. */
export function readMarks(word: string, count: number): (number | null)[] | null {
  const parts = word.split('.')
  if (parts.length !== count + 1 || !parts.every((part, at) => /^[\da-z]{1,10}$/.test(part) || (part === '' && at > 0)))
    return null
  const [latest = 0, ...behind] = parts.map(part => (part === '' ? null : Number.parseInt(part, 36)))
  return behind.map(one => (one === null ? null : latest! - one))
}

/** How many machines one stream may tell of. */
export const mostLiveDevices = 100
