import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { onPlan, type Place, whole } from '../core/index.ts'

/** px that a pointer moves before it drags: less is a click */
const slack = 4

/** What is dragged, and where it would stand; null: beside the plan. */
export interface Dragged {
  deviceId: string
  place: Place | null
}

/**
 * Dragging machines over a plan, by mouse, pen or finger. ground: of which places are shares. snap: where it may stand that is nearest.
 * onDrop: called where it is let go over the plan
 */
export function useDrag(
  ground: RefObject<SVGSVGElement | null>,
  snap: (place: Place) => Place,
  onDrop: (deviceId: string, place: Place) => void,
) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const held = useRef<{ deviceId: string; x: number; y: number; off: { x: number; y: number }; far: boolean } | null>(null)
  const stop = () => {
    held.current = null
    setDragged(null)
  }
  useEffect(() => {
    if (!dragged) return
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && stop()
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  const placeUnder = (event: PointerEvent): Place | null => {
    const sheet = ground.current?.getBoundingClientRect()
    const frame = ground.current?.closest('section')?.getBoundingClientRect()
    if (!sheet || !frame) return null
    const { clientX, clientY } = event
    if (clientX < frame.left || clientX > frame.right || clientY < frame.top || clientY > frame.bottom) return null
    const { x, y } = held.current!.off
    return snap(
      onPlan({
        x: ((clientX - x - sheet.left) / sheet.width) * whole,
        y: ((clientY - y - sheet.top) / sheet.height) * whole,
      }),
    )
  }

  /** What the element that is dragged listens to. at: where the machine stands; null: not on the plan yet */
  const handle = (deviceId: string, at: Place | null) => ({
    onPointerDown(event: PointerEvent<Element>) {
      if (event.button !== 0) return
      const sheet = ground.current?.getBoundingClientRect()
      // it is taken where it was touched, and does not jump
      const off =
        at && sheet
          ? {
              x: event.clientX - sheet.left - (at.x * sheet.width) / whole,
              y: event.clientY - sheet.top - (at.y * sheet.height) / whole,
            }
          : { x: 0, y: 0 }
      held.current = { deviceId, x: event.clientX, y: event.clientY, off, far: false }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<Element>) {
      const now = held.current
      if (!now) return
      now.far ||= Math.hypot(event.clientX - now.x, event.clientY - now.y) > slack
      if (now.far) setDragged({ deviceId, place: placeUnder(event) })
    },
    onPointerUp(event: PointerEvent<Element>) {
      const now = held.current
      const place = now?.far ? placeUnder(event) : null
      stop()
      if (place) onDrop(deviceId, place)
    },
    onPointerCancel: stop,
  })
  return { dragged, handle }
}
