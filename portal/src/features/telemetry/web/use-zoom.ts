import { useCallback, useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { searchWith } from '#platform/web'
import { type Compared, writtenCompared } from './compared.ts'
import { type Span, writtenZoom, zoomIn } from './span.ts'

/** The closer look and what is compared, as the address says, so that back leads back and a link shows the same. Escape shows all again. */
export function useZoom() {
  const [search, setSearch] = useSearchParams()
  const change = useCallback(
    (changed: Record<string, string | null>, replace = false) =>
      setSearch(before => searchWith(before, changed), { preventScrollReset: true, replace }),
    [setSearch],
  )
  const zoom = zoomIn(search)
  const onWhole = useCallback(() => change({ from: null, to: null }), [change])
  const zoomed = zoom !== null
  useEffect(() => {
    if (!zoomed) return
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) onWhole()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [zoomed, onWhole])
  return {
    ...{ search, zoom, onWhole },
    onSpan: useCallback((span: Span, replace = false) => change(writtenZoom(span), replace), [change]),
    onZoom: useCallback((from: number, to: number) => change(writtenZoom({ from, to })), [change]),
    onCompare: useCallback((compared: Compared | null) => change(writtenCompared(compared), true), [change]),
  }
}
