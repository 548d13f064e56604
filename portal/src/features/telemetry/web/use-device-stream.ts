import { useEffect, useRef, useState } from 'react'
import { type LiveEventName, type LiveEvents, watchDevices, watchMine } from '../core/index.ts'

/** What is done with the events that are wanted. `again` comes too whenever the stream is there anew: something may have been missed. */
export type OnDeviceEvents = { [Name in LiveEventName]?: (data: LiveEvents[Name]) => void }

/**
 * Follows machines while the page is looked at; a page in the background leaves its place to others. Answers whether the stream is there:
 * while it is not, pages look by themselves. deviceIds: none is no stream
 */
export function useDeviceStream(side: 'own' | 'console', deviceIds: readonly string[], on: OnDeviceEvents): boolean {
  const [live, setLive] = useState(false)
  const latest = useRef(on)
  useEffect(() => {
    latest.current = on
  })
  const path = side === 'own' ? watchMine.path : watchDevices.path
  const devices = deviceIds.toSorted().join(',')
  useEffect(() => {
    if (devices === '') return
    let source: EventSource | undefined
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
      source = new EventSource(`/api/v1${path}?device=${devices}`)
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
  }, [path, devices])
  return live
}

/** ms after which a stream that was refused is asked for again: there may have been too many */
const refusedMs = 30_000

const names: readonly LiveEventName[] = ['readings', 'connection', 'alarm', 'health', 'rights', 'again']
