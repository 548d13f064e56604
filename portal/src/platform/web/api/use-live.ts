import { useEffect, useRef } from 'react'

/**
 * Calls `onChange` with the id of whatever changes under the topic, from any portal process; with null after a lost connection came
 * back, or the page is looked at again, since something may have been missed: load anew then. A page in the background keeps no connection: of those a browser
 * has few.
 */
export function useLive(topic: string, onChange: (id: string | null) => void): void {
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => listen(topic, id => latest.current(id)), [topic])
}

type Listener = (id: string | null) => void

/** One connection for all topics of the page; opened anew when the topics change. */
const listeners = new Map<string, Set<Listener>>()
let source: EventSource | undefined
let opened = ''
/** the page was in the background meanwhile */
let missed = false

function listen(topic: string, listener: Listener): () => void {
  const known = listeners.get(topic) ?? new Set()
  listeners.set(topic, known.add(listener))
  document.addEventListener('visibilitychange', connect) // the same one is added once
  queueMicrotask(connect)
  return () => {
    known.delete(listener)
    if (known.size === 0) listeners.delete(topic)
    queueMicrotask(connect)
  }
}

function connect(): void {
  const away = document.visibilityState !== 'visible'
  const topics = away ? '' : [...listeners.keys()].sort().join(',')
  missed ||= away && opened !== ''
  if (topics === opened) return
  source?.close()
  source = undefined
  opened = topics
  if (topics === '') return
  const connection = new EventSource(`/api/v1/live?topics=${encodeURIComponent(topics)}`)
  source = connection
  let lost = missed
  missed = false
  connection.addEventListener('open', () => {
    if (lost) for (const set of listeners.values()) for (const listener of set) listener(null)
    lost = false
  })
  connection.addEventListener('error', () => {
    lost = true
  })
  connection.addEventListener('change', event => {
    const { topic, id } = JSON.parse(event.data) as { topic: string; id: string }
    for (const listener of listeners.get(topic) ?? []) listener(id)
  })
}
