import type { TakenReadings } from '#features/telemetry/server'

/** ms for which readings are held: those that came by way of another portal are there by then, and all are judged in the order of their time */
const holding = 400
/** ms between two looks at what has been held long enough */
const pace = 100

/** Readings of machines that come by several ways, on their way to whoever judges them. */
export interface HoldBack {
  hold(taken: TakenReadings): void
  /** They are judged elsewhere. */
  drop(isDropped: (deviceId: string) => boolean): void
  /** Resolves when all that was held is judged, and nothing more is under way. */
  flush(): Promise<void>
}

/** judge: is given all of a machine at once; it does not throw */
export function holdBack(judge: (taken: readonly TakenReadings[]) => Promise<void>): HoldBack {
  const held = new Map<string, { taken: TakenReadings; since: number }[]>()
  let timer: NodeJS.Timeout | undefined
  let judging: Promise<void> = Promise.resolve()

  async function judgeHeldUntil(until: number): Promise<void> {
    const ripe: TakenReadings[] = []
    for (const [deviceId, all] of held) {
      const rest = all.findIndex(({ since }) => since > until)
      const own = all.splice(0, rest === -1 ? all.length : rest)
      if (all.length === 0) held.delete(deviceId)
      if (own.length > 0) ripe.push(joined(own.map(({ taken }) => taken)))
    }
    if (ripe.length > 0) await judge(ripe)
  }

  function wait(): void {
    timer ??= setTimeout(() => {
      judging = judgeHeldUntil(performance.now() - holding).finally(() => {
        timer = undefined
        if (held.size > 0) wait()
      })
    }, pace)
  }

  return {
    hold(taken) {
      const entry = { taken, since: performance.now() }
      const known = held.get(taken.deviceId)
      if (known) known.push(entry)
      else held.set(taken.deviceId, [entry])
      wait()
    },
    drop(isDropped) {
      for (const deviceId of [...held.keys()]) if (isDropped(deviceId)) held.delete(deviceId)
    },
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await judging
      await judgeHeldUntil(Number.POSITIVE_INFINITY)
    },
  }
}

const joined = (all: readonly TakenReadings[]): TakenReadings => ({
  deviceId: all[0]!.deviceId,
  receivedAt: all.at(-1)!.receivedAt,
  readings: all.flatMap(({ readings }) => readings),
})
