import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { type LiveEventName, type LiveEvents, watchDevices, watchMine } from '../core/index.ts'

/** What is done with the events that are wanted. `again` comes too whenever the stream is there anew: something may have been missed. */
export type OnDeviceEvents = { [Name in LiveEventName]?: (data: LiveEvents[Name]) => void }

type Side = 'own' | 'console'

/** A stream of events as pages use it: the browser's own, or one that is like it. */
export interface DeviceStream {
  readonly readyState: number
  addEventListener(name: string, listener: (event: Event) => void): void
  close(): void
}

const ofPortal = (side: Side, deviceIds: string): DeviceStream =>
  new EventSource(`/api/v1${(side === 'own' ? watchMine : watchDevices).path}?device=${deviceIds}`)

/** By what streams are opened, where it is not a page of the portal that follows machines. deviceIds: separated by commas */
export const OpenDeviceStream = createContext(ofPortal)

/**
 * Follows machines while the page is looked at; a page in the background leaves its place to others. Answers whether the stream is there:
 * while it is not, pages look by themselves. deviceIds: none is no stream
 */
export function useDeviceStream(side: Side, deviceIds: readonly string[], on: OnDeviceEvents): boolean {
  const [live, setLive] = useState(false)
  const latest = useRef(on)
  useEffect(() => {
    latest.current = on
  })
  const openStream = useContext(OpenDeviceStream)
  const devices = deviceIds.toSorted().join(',')
  useEffect(() => {
    if (devices === '') return
    let source: DeviceStream | undefined
    let opened = 0
    let retry: ReturnType<typeof setTimeout> | undefined
    const close = () => {
      clearTimeout(retry)
      source?.close()
      source = undefined
      setLive(false)
    }
    const open = () => {
      if (source || document.visibilityState !== 'visible') return
      source = openStream(side, devices)
      source.addEventListener('open', () => {
        setLive(true)
        if (opened++ > 0) latest.current.again?.({})
      })
      source.addEventListener('error', () => {
        setLive(false)
        if (source?.readyState !== EventSource.CLOSED) return // it comes back by itself
        source = undefined
        retry = setTimeout(open, refusedMs)
        latest.current.again?.({}) // refused: the page is told why where it reads
      })
      const pass = <Name extends LiveEventName>(name: Name) =>
        source?.addEventListener(name, event => latest.current[name]?.(JSON.parse((event as MessageEvent<string>).data)))
      for (const name of names) pass(name)
    }
    const look = () => (document.visibilityState === 'visible' ? open() : close())
    open()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      close()
    }
  }, [side, openStream, devices])
  return live
}

/** ms after which a stream that was refused is asked for again: there may have been too many */
const refusedMs = 30_000

const names: readonly LiveEventName[] = ['readings', 'connection', 'alarm', 'health', 'rights', 'again']
