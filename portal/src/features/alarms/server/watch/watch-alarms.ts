import type { ReadingTaker } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import { watchedDevices } from './load-rules.ts'
import { createWatch, type Watch } from './watch.ts'

const watches = new WeakMap<Platform, Watch>()

/** The one of this process. */
export function watchOf(platform: Platform): Watch {
  const watch = watches.get(platform) ?? createWatch(platform)
  watches.set(platform, watch)
  return watch
}

/** Lets rules judge what machines report. */
export const watchAlarms: ReadingTaker = (taken, platform) => watchOf(platform).take(taken)

/** A job, each minute, in one process at a time: what is not said any more, what lasts, hours that begin and end. */
export const passTime = async (platform: Platform): Promise<void> => watchOf(platform).passTime(await watchedDevices(platform))

export async function stopWatching(platform: Platform): Promise<void> {
  await watches.get(platform)?.stop()
  watches.delete(platform)
}
