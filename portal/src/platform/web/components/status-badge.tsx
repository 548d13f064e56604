import type { ReactNode } from 'react'
import style from './status-badge.module.css'

/** waiting: somebody must act. active: it moves. The others say how it ended. */
export type Tone = 'neutral' | 'waiting' | 'active' | 'good' | 'warn' | 'bad'

/** The state of a thing as shape and word: it reads without colour. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={style.badge}>
      <svg className={`${style.sign} ${style[tone]}`} viewBox="0 0 14 14" aria-hidden="true">
        {signs[tone]}
      </svg>
      {children}
    </span>
  )
}

const ring = <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
const signs: Record<Tone, ReactNode> = {
  neutral: ring,
  waiting: <circle cx="7" cy="7" r="6" fill="currentColor" />,
  active: (
    <>
      {ring}
      <path d="M7 1.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  good: <path d="M2 7.5 5.5 11 12 3.5" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  warn: <path d="M7 1 13.5 13H.5z" fill="currentColor" />,
  bad: <path d="m2.5 2.5 9 9m0-9-9 9" fill="none" stroke="currentColor" strokeWidth="2.4" />,
}
