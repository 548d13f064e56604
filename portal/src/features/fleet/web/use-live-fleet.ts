import { useEffect, useRef, useState } from 'react'
import { mostLiveDevices } from '#features/telemetry/core'
import { useDeviceStream } from '#features/telemetry/web'
import type { FleetMember } from '../core/index.ts'

/** ms in which changes are gathered before the page is read again */
const gathered = 800
/** ms between looks without a stream, and with one: no event tells that a machine has fallen silent, and of many machines not all are heard */
const [look, slowLook] = [15_000, 60_000]

/**
 * Keeps a page of machines present: it is read again where one of them has changed. Answers when each was last heard of since.
 * readAgain: stays the same while the page does
 */
export function useLiveFleet(
  side: 'own' | 'console',
  members: readonly FleetMember[],
  readAgain: () => Promise<void>,
): ReadonlyMap<string, string> {
  const [lastAt, setLastAt] = useState<ReadonlyMap<string, string>>(new Map())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const again = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void readAgain(), gathered)
  }
  const live = useDeviceStream(
    side,
    members.slice(0, mostLiveDevices).map(({ id }) => id),
    {
      readings({ device, readings }) {
        const last = readings.reduce((most, [, at]) => Math.max(most, at), 0)
        setLastAt(before => new Map(before).set(device, new Date(last).toISOString()))
        if (members.find(({ id }) => id === device)?.contact !== 'reporting' && Date.now() - last < 60_000) again()
      },
      ...{ connection: again, alarm: again, health: again, rights: again, again },
    },
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const looks = setInterval(() => document.visibilityState === 'visible' && void readAgain(), live ? slowLook : look)
    return () => clearInterval(looks)
  }, [live, readAgain])
  return lastAt
}
