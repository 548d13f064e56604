import { type RefObject, useEffect, useState } from 'react'

/** Lines beyond those in sight that are there all the same, so that a quick scroll shows no gap. */
const margin = 12

/** Which of so many lines of one height are in sight in a box that scrolls: from (included), to (not included). */
export function useWindow(box: RefObject<HTMLElement | null>, lineHeight: number, lines: number): { from: number; to: number } {
  const [sight, setSight] = useState({ top: 0, height: 800 })
  const shown = lines > 0
  useEffect(() => {
    const element = box.current
    if (!element || !shown) return
    const look = () => setSight({ top: element.scrollTop, height: element.clientHeight })
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [box, shown])
  const first = Math.min(Math.floor(sight.top / lineHeight), lines)
  return {
    from: Math.max(0, first - margin),
    to: Math.min(lines, first + Math.ceil(sight.height / lineHeight) + margin),
  }
}
