import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatNumber, type Language } from '#platform/core'
import type { Spectra } from '../core/index.ts'
import style from './vibration.module.css'

interface Props {
  lines: Spectra['spectrum']
  /** marked where they would show, with two multiples */
  faults: Spectra['faults']
  language: Language
  /** what it shows, in words */
  label: string
}

const height = 200

/** Amplitude over frequency; dragging shows a part of it, a double click all. */
export default function SpectrumChart({ lines, faults, language, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current!
    const frequencies = lines.values.map((_, k) => k * lines.step)
    const made = new uPlot(optionsOf(element, faults, language), [frequencies, lines.values], element)
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const redraw = () => made.redraw(false)
    dark.addEventListener('change', redraw)
    return () => {
      dark.removeEventListener('change', redraw)
      observer.disconnect()
      made.destroy()
    }
  }, [lines, faults, language])
  return <div className={style.plot} ref={place} role="img" aria-label={label} />
}

function optionsOf(element: HTMLElement, faults: Props['faults'], language: Language): uPlot.Options {
  const colour = (token: string) => () => getComputedStyle(element).getPropertyValue(token)
  const grid = { stroke: colour('--line'), width: 1 }
  const font = `12px ${getComputedStyle(element).fontFamily}`
  const axis = { stroke: colour('--ink-muted'), grid, ticks: { ...grid, size: 4 }, font }
  const written = (_: uPlot, ticks: number[]) => ticks.map(tick => formatNumber(tick, language))
  return {
    ...{ width: element.clientWidth, height, legend: { show: false } },
    padding: [30, 8, 0, 0],
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: false }, y: { range: (_, __, high) => [0, high * 1.08 || 1] } },
    axes: [
      { ...axis, space: 60, values: (_, ticks) => ticks.map(tick => `${formatNumber(tick, language)} Hz`) },
      { ...axis, size: 56, space: 28, values: written },
    ],
    series: [{}, { stroke: colour('--link'), width: 1, points: { show: false } }],
    hooks: { draw: [chart => drawFaults(chart, faults, font, colour)] },
  }
}

/** The name stands at the first; multiples are fainter. */
function drawFaults(chart: uPlot, faults: Props['faults'], font: string, colour: (token: string) => () => string): void {
  const { ctx, bbox } = chart
  const [least, most] = [chart.scales.x!.min ?? 0, chart.scales.x!.max ?? 0]
  ctx.save()
  ctx.font = font.replace('12px', `${11 * devicePixelRatio}px`)
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.lineWidth = devicePixelRatio
  const inOrder = faults.toSorted((a, b) => a.frequency - b.frequency)
  for (const [at, { fault, frequency }] of inOrder.entries())
    for (const multiple of [1, 2, 3]) {
      if (frequency * multiple < least || frequency * multiple > most) continue
      const x = chart.valToPos(frequency * multiple, 'x', true)
      ctx.globalAlpha = multiple === 1 ? 1 : 0.45
      ctx.strokeStyle = colour('--ink-muted')()
      ctx.beginPath()
      ctx.moveTo(x, bbox.top)
      ctx.lineTo(x, bbox.top + bbox.height)
      ctx.stroke()
      if (multiple > 1) continue
      ctx.fillStyle = colour('--ink')()
      ctx.textAlign = 'center'
      // neighbours stand in turn on two lines
      ctx.fillText(fault.toUpperCase(), x, bbox.top - (at % 2 === 0 ? 5 : 17) * devicePixelRatio)
    }
  ctx.restore()
}
