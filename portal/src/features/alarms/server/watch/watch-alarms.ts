import type { ReadingTaker } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import { type SharedWatch, shareWatch } from './share-watch.ts'

const watches = new WeakMap<Platform, SharedWatch>()

/** The one of this process. */
export function watchOf(platform: Platform): SharedWatch {
  const watch = watches.get(platform) ?? shareWatch(platform)
  watches.set(platform, watch)
  return watch
}

/** Lets rules judge what machines report. */
export const watchAlarms: ReadingTaker = (taken, platform) => watchOf(platform).take(taken)

/** What is not said any more, what lasts, hours that begin and end, at the machines that are judged here. */
export const passTime = (platform: Platform): Promise<void> => watchOf(platform).passTime()

/** A job, each minute, in one process at a time. What fails is done by the next one: nothing of it waits for anybody. */
export const passMinute = (platform: Platform): Promise<void> =>
  watchOf(platform)
    .passEverywhere()
    .catch(error => platform.log.warn({ error }, 'the homes of machines could not be told that a minute has passed'))

export async function stopWatching(platform: Platform): Promise<void> {
  await watches.get(platform)?.stop()
  watches.delete(platform)
}
