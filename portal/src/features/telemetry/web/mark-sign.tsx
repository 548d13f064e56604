import type { ReactNode } from 'react'
import type { ChartMark, MarkKind } from '../core/index.ts'

/** A sign for each kind of mark: its shape says what its colour says. */
export function MarkSign({ kind }: { kind: MarkKind }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      {signs[kind]}
    </svg>
  )
}

const signs: Record<MarkKind, ReactNode> = {
  alarm: <path d="M6 .8 11.6 11H.4z" fill="currentColor" />,
  finding: <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="2" />,
  maintenance: <path d="M4.4 1h3.2v3.4H11v3.2H7.6V11H4.4V7.6H1V4.4h3.4z" fill="currentColor" />,
  setting: <path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor" />,
  command: <path d="M2 1.2 10.8 6 2 10.8z" fill="currentColor" />,
  update: <path d="M6 .8 11 5.8H7.6V11H4.4V5.8H1z" fill="currentColor" />,
}

/** By what a mark is coloured: an alarm by its severity. */
export const toneOf = ({ kind, severity }: ChartMark): string => severity ?? kind
