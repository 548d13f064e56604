import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { movedBy, type Span, withEnd, within } from './span.ts'

/** What of the window is held: one of its ends, or all of it. */
export type StripGrip = 'from' | 'to' | 'window'

/** The window with a grip moved by so many milliseconds, within what the strip shows. */
export const pulled = (window: Span, grip: StripGrip, by: number, outer: Span): Span =>
  grip === 'window'
    ? within(movedBy(window, by / (window.to - window.from)), outer)
    : withEnd(window, grip, window[grip] + by, outer)

/** Pulling at the window of a strip: where it is meanwhile, and what its grips listen to. It is told where it ends up when it is let go. */
export function useStripDrag(strip: RefObject<HTMLElement | null>, outer: Span, window: Span, onWindow: (window: Span) => void) {
  const [draft, setDraft] = useState<Span | null>(null)
  const held = useRef<{ x: number; window: Span } | null>(null)
  const end = () => {
    if (draft) onWindow(draft)
    held.current = null
    setDraft(null)
  }
  return {
    draft,
    listen: (grip: StripGrip) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        event.currentTarget.setPointerCapture(event.pointerId)
        held.current = { x: event.clientX, window }
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!held.current) return
        const width = strip.current!.getBoundingClientRect().width
        const by = ((event.clientX - held.current.x) / width) * (outer.to - outer.from)
        if (by !== 0) setDraft(pulled(held.current.window, grip, by, outer))
      },
      onPointerUp: end,
      onPointerCancel: end,
    }),
  }
}
