import type { Platform } from '#platform/server'
import { type ImportProgress, importsTopic, progressMessage } from '../core/import-progress.ts'
import type { TellProgress } from './read-model-file.ts'

/** Tells the browser that began an import how far it is, whatever process it listens to. undefined: nobody asked to be told. */
export function tellBrowser({ database, live, log }: Platform, id: string | undefined): TellProgress | undefined {
  if (id === undefined) return undefined
  let latest: ImportProgress | undefined
  let sending = false
  return progress => {
    latest = progress
    if (!sending) void send(id)
  }

  /** One message at a time; what is overtaken meanwhile is left out. */
  async function send(id: string): Promise<void> {
    sending = true
    while (latest) {
      const message = progressMessage(id, latest)
      latest = undefined
      // the import goes on without it
      await database
        .outside(() => live.publish(importsTopic, message))
        .catch(error => log.warn({ err: error }, 'progress not told'))
    }
    sending = false
  }
}
