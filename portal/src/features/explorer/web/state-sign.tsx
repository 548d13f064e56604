import type { ReactNode } from 'react'
import type { OptionState } from '../core/index.ts'
import style from './explorer.module.css'

/** How an option stands, as a shape: it reads without colour. The word stands beside it. */
export function StateSign({ state }: { state: OptionState }) {
  return (
    <svg className={style.sign} viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8">
      {signs[state]}
    </svg>
  )
}

const signs: Record<OptionState, ReactNode> = {
  free: <circle cx="8" cy="8" r="5.6" strokeWidth="1.4" />,
  chosen: (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" stroke="none" />
      <path d="M4.6 8.2 7 10.6l4.4-4.8" stroke="var(--raised)" />
    </>
  ),
  refused: (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" stroke="none" />
      <path d="M4.6 8h6.8" stroke="var(--raised)" />
    </>
  ),
  forced: (
    <>
      <rect x="3" y="7" width="10" height="7.4" rx="1.2" fill="currentColor" stroke="none" />
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
    </>
  ),
  excluded: <path d="M3.6 3.6l8.8 8.8m0-8.8-8.8 8.8" />,
}
