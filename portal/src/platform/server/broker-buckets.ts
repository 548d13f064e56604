export interface Bucket {
  burst: number
  perMinute: number
}

/** Token buckets by name in the memory of this process; the longest unused are forgotten first. */
export function createBuckets({ burst, perMinute }: Bucket, most = 20_000, clock: () => number = Date.now) {
  /** ms at which the whole burst is free again */
  const fullAt = new Map<string, number>()
  const each = 60_000 / perMinute
  return {
    /** Whether one may still be taken; takes none. */
    has: (name: string): boolean => (fullAt.get(name) ?? 0) - clock() <= (burst - 1) * each,
    /** Takes one, and answers whether it was there. */
    take(name: string): boolean {
      const now = clock()
      const next = Math.max(now, fullAt.get(name) ?? 0) + each
      if (next - now > burst * each) return false
      fullAt.delete(name)
      fullAt.set(name, next)
      if (fullAt.size > most) fullAt.delete(fullAt.keys().next().value!)
      return true
    },
  }
}
