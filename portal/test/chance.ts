/** Repeatable chance (mulberry32): the same seed tells the same story. */
export interface Chance {
  /** 0 ≤ number < 1 */
  next(): number
  /** whole number from 0 to below `count` */
  below(count: number): number
  pick<Item>(items: readonly Item[]): Item
  /** true in that share of cases */
  in(share: number): boolean
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return { next, below, pick: items => items[below(items.length)]!, in: share => next() < share }
}
