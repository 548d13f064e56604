import type { TrendPoint } from './trend.ts'

/** A health index where it changed; in between it stays as it was. at: milliseconds since 1970 */
export interface IndexChange {
  at: number
  /** 100: as new */
  index: number
}

const [hour, day] = [3_600_000, 86_400_000]
const asNew = 100

/**
 * The mean of each whole day up to `until`, as trends want their points, from the last day on which the index was as new. It cannot be better than
 * that: days on which it stays there tell nothing of how fast it falls once it does, and would make a fall that begins look slow. changes: oldest first
 */
export function dailyCourse(changes: readonly IndexChange[], until: number): TrendPoint[] {
  if (changes.length === 0) return []
  const days = Math.max(0, Math.floor((until - changes[0]!.at) / day))
  const means = Array.from({ length: days }, (_, place) => {
    const begin = until - (days - place) * day
    return { at: begin / hour, value: meanOf(changes, begin, begin + day) }
  })
  return means.slice(
    Math.max(
      0,
      means.findLastIndex(({ value }) => value >= asNew),
    ),
  )
}

/** Weighted by how long each index held. */
function meanOf(changes: readonly IndexChange[], begin: number, end: number): number {
  let sum = 0
  for (let place = changes.length - 1, until = end; place >= 0 && until > begin; place--) {
    const { at, index } = changes[place]!
    if (at >= until) continue
    sum += index * (until - Math.max(at, begin))
    until = at
  }
  return sum / (end - begin)
}
