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

/** What is not said any more, what lasts, hours that begin and end. */
export const passTime = async (platform: Platform): Promise<void> => watchOf(platform).passTime(await watchedDevices(platform))

/** A job, each minute, in one process at a time. What fails is done by the next one: nothing of it waits for anybody. */
export const passMinute = (platform: Platform): Promise<void> =>
  passTime(platform).catch(error =>
    platform.log.warn({ error }, 'rules of machines could not look at the time; the next minute does'),
  )

export async function stopWatching(platform: Platform): Promise<void> {
  await watches.get(platform)?.stop()
  watches.delete(platform)
}
