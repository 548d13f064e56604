import type { ReactNode, SVGProps } from 'react'
import { useTexts } from '#platform/web'
import type { StateFilter } from '../core/index.ts'
import style from './state-sign.module.css'

/** The state of a machine as the symbol of NAMUR NE 107 and its word: shape, colour and text each say it. */
export function StateSign({ state, large = false }: { state: StateFilter; large?: boolean }) {
  const t = useTexts('fleet')
  return (
    <span className={large ? `${style.state} ${style.large}` : style.state}>
      <StateShape state={state} className={style.sign} />
      <span>{t(`state.${state}`)}</span>
    </span>
  )
}

interface ShapeProps extends Pick<SVGProps<SVGSVGElement>, 'x' | 'y' | 'width' | 'height' | 'className'> {
  state: StateFilter
}

/** The symbol alone, for where its word stands elsewhere; also inside a drawing. */
export function StateShape({ state, className, ...where }: ShapeProps) {
  return (
    <svg className={[className, style[state]].filter(Boolean).join(' ')} viewBox="0 0 24 24" aria-hidden="true" {...where}>
      {signs[state]}
    </svg>
  )
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2.2, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

/** Circle with a cross, triangle with a spanner, triangle with a question mark, square with an oil can; a tick, and a ring with a dash. */
const signs: Record<StateFilter, ReactNode> = {
  failure: (
    <>
      <circle cx="12" cy="12" r="10.5" className={style.ground} />
      <path d="m8 8 8 8m0-8-8 8" {...line} strokeWidth={2.8} />
    </>
  ),
  'function-check': (
    <>
      <path d="M1.2 3.2h21.6L12 22.4z" className={style.ground} />
      <path d="M9.6 15.2 13 9.6m-.6-4.2a2.6 2.6 0 1 0 3.9 2.5l-2.1.4-.9-1.2z" {...line} strokeWidth={1.8} />
    </>
  ),
  'out-of-specification': (
    <>
      <path d="M12 1.6 22.8 20.8H1.2z" className={style.ground} />
      <path d="M9.9 10.6a2.1 2.1 0 1 1 2.9 2c-.6.3-.8.6-.8 1.5" {...line} strokeWidth={1.9} />
      <circle cx="12" cy="17.3" r="1.2" fill="currentColor" />
    </>
  ),
  'maintenance-required': (
    <>
      <rect x="1.5" y="1.5" width="21" height="21" rx="2" className={style.ground} />
      <path d="M4.5 10.5h2.2m-2.2 0 2.2 3.6h8.2l4.6-5.4-4 1.6H8.7M8.7 10.3v-2h4.2v2M10.8 8.3V6.6" {...line} strokeWidth={1.7} />
      <circle cx="19.6" cy="13.6" r="1.1" fill="currentColor" />
    </>
  ),
  good: (
    <>
      <circle cx="12" cy="12" r="10.5" className={style.ground} />
      <path d="m7 12.4 3.6 3.6L17 8.8" {...line} strokeWidth={2.6} />
    </>
  ),
  unknown: (
    <>
      <circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="3.4 2.4" />
      <path d="M8 12h8" {...line} />
    </>
  ),
}
