/** What was seen, as a ring: bounded, and without moving anything. */
export interface Seen {
  values: number[]
  /** where the next one goes */
  next: number
  count: number
}

const kept = 3072
const length = 16

export function newSeen(): Seen {
  return { values: [], next: 0, count: 0 }
}

/**
 * How unlike the last 16 values are to any 16 that were seen before: root mean square distance to the most similar ones. 0 as long as
 * there is little to compare with.
 */
export function unlike(seen: Seen, value: number): number {
  const { values } = seen
  values[seen.next] = value
  seen.next = (seen.next + 1) % kept
  seen.count++
  const size = values.length
  if (size < 6 * length) return 0
  const last: number[] = []
  for (let i = 0; i < length; i++) last.push(values[(seen.next - 1 - i + 2 * kept) % kept]!)
  let best = Number.POSITIVE_INFINITY
  // the newest two lengths are the value's own past
  for (let back = 2 * length; back + length < size; back++) {
    let distance = 0
    let at = seen.next - 1 - back
    if (at < 0) at += kept
    for (let i = 0; i < length && distance < best; i++) {
      const gap = last[i]! - values[at]!
      distance += gap * gap
      if (--at < 0) at = kept - 1
    }
    if (distance < best) best = distance
  }
  return Math.sqrt(best / length)
}
