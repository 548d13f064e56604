/** values that are remembered */
const kept = 1500
/** values from which on a rank says something */
const fewest = 30
/** equal parts of the ranks, values over which it is looked how they are shared out, and over which what is usual of it is */
const parts = 8
const short = 24
const long = 3000
/** values over which the mean of what is far out is taken */
const few = 9

/** The last values, and the same in order, so that a value has a rank: what is known of a course of which nothing else can be foretold. Plain data of bounded size. */
export interface Ranks {
  values: number[]
  /** where the next one goes */
  next: number
  sorted: number[]
  /** values that had a rank */
  seen: number
  /** mean of how far out the last values lie */
  out: number
  /** shares of the parts, of late and usually */
  late: number[]
  usual: number[]
}

export function newRanks(): Ranks {
  const none = () => Array<number>(parts).fill(0)
  return { values: [], next: 0, sorted: [], seen: 0, out: 0, late: none(), usual: none() }
}

/** How far out the last nine values lie together, below or above; and how unlike usual the last 24 are shared out over small and great. */
export function rankedOut(ranks: Ranks, value: number): [out: number, shared: number] {
  const rank = rankOf(ranks, value)
  remember(ranks, value)
  if (rank === null) return [0, 0]
  const side = rank - 0.5
  ranks.out += (-Math.log(1 - 2 * Math.abs(side) + 1e-4) * Math.sign(side) - ranks.out) / few
  ranks.seen++
  const part = Math.min(parts - 1, Math.floor(rank * parts))
  let distance = 0
  for (let i = 0; i < parts; i++) {
    const here = i === part ? 1 : 0
    ranks.late[i]! += (here - ranks.late[i]!) / short
    ranks.usual[i]! += (here - ranks.usual[i]!) * Math.max(1 / long, 1 / ranks.seen)
    distance += (ranks.late[i]! - ranks.usual[i]!) ** 2 / (ranks.usual[i]! + 0.02)
  }
  return [ranks.out * Math.sqrt(few), ranks.seen > short ? Math.sqrt(distance * short) : 0]
}

/** 0 to 1, the middle of its equals; null: there is too little to tell */
function rankOf({ sorted }: Ranks, value: number): number | null {
  if (sorted.length < fewest) return null
  const [from, until] = [placeOf(sorted, value), placeOf(sorted, value, true)]
  return ((from + until) / 2 + 0.5) / (sorted.length + 1)
}

function remember(ranks: Ranks, value: number): void {
  const { values, sorted, next } = ranks
  if (values.length === kept) sorted.splice(placeOf(sorted, values[next]!), 1)
  sorted.splice(placeOf(sorted, value), 0, value)
  values[next] = value
  ranks.next = (next + 1) % kept
}

/** How many are smaller, or behind: not greater. */
function placeOf(sorted: readonly number[], value: number, behind = false): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value || (behind && sorted[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}
