import type { ReactNode } from 'react'
import type { FleetMember } from '#features/fleet/core'
import { StateShape } from '#features/fleet/web'
import { useLanguage, useTexts } from '#platform/web'
import { type Drawn, type Legend, legendOf, type Place, sideOf, whole } from '../core/index.ts'
import style from './mark.module.css'

interface MarkProps {
  machine: FleetMember
  place: Place
  drawn: Drawn
  /** what stands with every mark; more comes with the one that is looked at */
  legend: Legend
  /** pointed at from elsewhere, or selected */
  strong?: boolean
  /** what it does: a link, or what is moved. Is given what is drawn. */
  children(content: ReactNode): ReactNode
}

/** A machine on a plan: the symbol of its state, as large wherever the plan is, with serial number and state in words. */
export function Mark({ machine, place, drawn, legend, strong = false, children }: MarkProps) {
  const ofFleet = useTexts('fleet')
  const state = machine.state ?? 'unknown'
  const left = sideOf(place, drawn, widths[useLanguage()]) === 'left'
  const side = left ? ({ x: -20, textAnchor: 'end' } as const) : ({ x: 20, textAnchor: 'start' } as const)
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: what is in it has a name
    <svg
      className={style.mark}
      x={`${(place.x * 100) / whole}%`}
      y={`${(place.y * 100) / whole}%`}
      width="1"
      height="1"
      overflow="visible"
      data-legend={legend}
      data-strong={strong || undefined}
    >
      {children(
        <>
          <rect className={style.spot} x="-17" y="-17" width="34" height="34" rx="8" />
          <StateShape state={state} x="-12" y="-12" width="24" height="24" />
        </>,
      )}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it cannot be focused, and the name of the mark says it */}
      <g aria-hidden="true">
        <text className={style.below} y="29" textAnchor="middle">
          {machine.serial}
        </text>
        <g className={style.words}>
          <text {...side} y="-2" className={style.serial}>
            {machine.serial}
          </text>
          <text {...side} y="13" className={style.state}>
            {ofFleet(`state.${state}`)}
            {machine.alarms.worst ? ` · ${ofFleet(`severity.${machine.alarms.worst}`)}` : ''}
          </text>
        </g>
      </g>
    </svg>
  )
}

/** px that state and severity take beside a mark at most */
const widths = { 'zh-CN': 120, en: 195 } as const

/** What every mark of a plan has room for. */
export function useLegend() {
  const words = widths[useLanguage()]
  return (machines: readonly { serial: string; place: Place }[], drawn: Drawn): Legend => {
    const longest = Math.max(0, ...machines.map(({ serial }) => serial.length))
    return legendOf(
      machines.map(({ place }) => place),
      drawn,
      { words: Math.max(words, longest * 8), serial: longest * 8 },
    )
  }
}

export const nameOf = ({ model, serial }: Pick<FleetMember, 'model' | 'serial'>): string => `${model} ${serial}`
