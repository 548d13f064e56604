import { type RefObject, useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import type { Span } from './span.ts'

/** Two fingers on a chart look closer or farther; what is between them stays there. One finger scrolls the page. */
export function usePinch(
  place: RefObject<HTMLElement | null>,
  chart: RefObject<uPlot | undefined>,
  span: Span,
  onZoom: (from: number, to: number) => void,
): void {
  const latest = useRef({ span, onZoom })
  useEffect(() => {
    latest.current = { span, onZoom }
  })
  useEffect(() => {
    const element = place.current!
    let begun: { span: Span; at: [number, number] } | null = null
    let wish: Span | null = null
    const shares = ({ touches }: TouchEvent): [number, number] => {
      const area = chart.current!.over.getBoundingClientRect()
      const [one, two] = [...touches].map(({ clientX }) => (clientX - area.left) / area.width).sort((a, b) => a - b)
      return [one!, Math.max(two!, one! + 0.02)]
    }
    const begin = (event: TouchEvent) => {
      begun = event.touches.length === 2 ? { span: latest.current.span, at: shares(event) } : null
    }
    const move = (event: TouchEvent) => {
      if (!begun || event.touches.length !== 2) return
      event.preventDefault()
      const [one, two] = shares(event)
      const { from, to } = begun.span
      const length = ((begun.at[1] - begun.at[0]) / (two - one)) * (to - from)
      const first = from + begun.at[0] * (to - from) - one * length
      wish = { from: first, to: first + length }
      chart.current?.setScale('x', { min: wish.from / 1000, max: wish.to / 1000 })
    }
    const end = () => {
      if (wish) latest.current.onZoom(wish.from, wish.to)
      begun = wish = null
    }
    element.addEventListener('touchstart', begin, { passive: true })
    element.addEventListener('touchmove', move, { passive: false })
    element.addEventListener('touchend', end)
    element.addEventListener('touchcancel', end)
    return () => {
      element.removeEventListener('touchstart', begin)
      element.removeEventListener('touchmove', move)
      element.removeEventListener('touchend', end)
      element.removeEventListener('touchcancel', end)
    }
  }, [place, chart])
}
