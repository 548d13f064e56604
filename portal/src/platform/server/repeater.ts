export const never: number = Number.POSITIVE_INFINITY

export interface Repeater {
  wake(): void
  /** resolves when the work of all wakes so far is done */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Runs `work` after each wake, never twice at a time, and again after as many ms as it (or `failed`) answers. */
export function repeater(work: () => Promise<number>, failed: (error: unknown) => number): Repeater {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function run(): Promise<void> {
    clearTimeout(timer)
    let pause = never
    while (again && !stopped) {
      again = false
      pause = await work().catch(failed)
    }
    running = null
    if (!stopped && pause !== never) timer = setTimeout(wake, pause)
  }

  function wake(): void {
    again = true
    if (!stopped) running ??= run()
  }

  return {
    wake,
    idle: async () => {
      while (running) await running
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
