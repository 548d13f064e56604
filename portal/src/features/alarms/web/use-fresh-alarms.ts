import { useEffect } from 'react'
import { useRevalidator } from 'react-router'
import { useDeviceStream } from '#features/telemetry/web'

/** ms between looks while there is no stream */
const patience = 10_000

/**
 * Reads the page again whenever something about alarms of the customer's machines changes; by itself every few seconds while the stream is away,
 * or does not follow all of them. more: there are further machines
 */
export function useFreshAlarms(deviceIds: readonly string[], more = false): void {
  const { revalidate } = useRevalidator()
  const read = () => void revalidate()
  const live = useDeviceStream('own', deviceIds, { alarm: read, rights: read, again: read })
  const looks = !live || more
  useEffect(() => {
    if (!looks) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate()
    }, patience)
    return () => clearInterval(timer)
  }, [revalidate, looks])
}
