import { useSyncExternalStore } from 'react'
import { defaultTimeZone } from '#platform/core'

/** The reader's IANA time zone; the house's own until the browser has said. */
export const useTimeZone = (): string =>
  useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => defaultTimeZone,
  )
