/** parts of the range of the first values */
const parts = 16
/** values from which the range comes at least; a third of the learning time otherwise */
const opening = 30
/** the last values that make a context, at most */
const longest = 3
const hourSlots = 12
const slotMs = 86_400_000 / hourSlots
/** contexts that are remembered; the one that was begun first is forgotten for another */
const most = 1500
/** what follows a context says as much as so many values where it was seen less often */
const trust = 1.5
/** of a neighbouring part counts so much */
const neighbour = 0.4
/** bits of surprise at most, values over which its mean is taken, and over which what is usual of it is */
const mostBits = 12
const short = 8
const long = 2000
/** surprise varies by at least this */
const narrowest = 0.3

/**
 * What follows what: values cut into parts, and how often each came at this time of day, after the last value, the last two and the last three. Plain
 * data of bounded size.
 */
export interface Contexts {
  seen: number
  lowest: number
  highest: number
  last: number[]
  counts: Record<string, Record<string, number>>
  size: number
  /** bits of the last values, and mean and mean square of all of late */
  recent: number[]
  mean: number
  square: number
}

export function newContexts(): Contexts {
  const range = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY }
  return { seen: 0, ...range, last: [], counts: {}, size: 0, recent: [], mean: 0, square: 0 }
}

/**
 * How much more the last values surprise than values usually do, in deviations of that; 0 where not. A value surprises by how seldom it followed what
 * was before it: short contexts are believed until longer ones have been seen often enough (as in prediction by partial matching).
 */
export function surprise(contexts: Contexts, { at, value }: { at: number; value: number }, learning: number): number {
  contexts.seen++
  if (contexts.seen <= Math.max(opening, learning / 3)) {
    contexts.lowest = Math.min(contexts.lowest, value)
    contexts.highest = Math.max(contexts.highest, value)
    return 0
  }
  const part = partOf(contexts, value)
  const { last } = contexts
  const before = last.map((_, i) => `${i + 1}:${last.slice(-1 - i).join()}`)
  const keys = ['', `h${Math.floor((at % 86_400_000) / slotMs)}`, ...before]
  const bits = Math.min(mostBits, -Math.log2(likelihood(contexts, keys, part)))
  for (const key of keys) count(contexts, key, part)
  contexts.last = [...last, part].slice(-longest)
  return usually(contexts, bits)
}

function partOf({ lowest, highest }: Contexts, value: number): number {
  const part = Math.floor((parts * (value - lowest)) / (highest - lowest || 1))
  return Math.max(-parts, Math.min(2 * parts, part))
}

function likelihood({ counts }: Contexts, keys: readonly string[], part: number): number {
  let likely = 1 / (3 * parts)
  for (const key of keys) {
    const followed = counts[key]
    if (!followed) continue
    let [all, alike] = [0, 0]
    for (const times of Object.values(followed)) all += times
    for (const step of [-1, 0, 1]) alike += (followed[part + step] ?? 0) * (step === 0 ? 1 : neighbour)
    likely = (alike + trust * likely) / (all + trust)
  }
  return Math.min(1, likely)
}

function count(contexts: Contexts, key: string, part: number): void {
  const { counts } = contexts
  if (!counts[key]) {
    counts[key] = {}
    contexts.size++
    // short ones are few, and stay
    const first = contexts.size > most ? Object.keys(counts).find(one => one.startsWith('3:') || one.startsWith('2:')) : undefined
    if (first !== undefined) {
      delete counts[first]
      contexts.size--
    }
  }
  counts[key]![part] = (counts[key]![part] ?? 0) + 1
}

function usually(contexts: Contexts, bits: number): number {
  const { recent, seen } = contexts
  recent.push(bits)
  if (recent.length > short) recent.shift()
  const gain = Math.max(1 / long, 1 / seen)
  contexts.mean += gain * (bits - contexts.mean)
  contexts.square += gain * (bits ** 2 - contexts.square)
  const spread = Math.sqrt(Math.max(0, contexts.square - contexts.mean ** 2))
  const now = recent.reduce((sum, one) => sum + one, 0) / recent.length
  return Math.max(0, (now - contexts.mean) / Math.max(spread, narrowest))
}
