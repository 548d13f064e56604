import type { ReactNode } from 'react'
import style from './meaning.module.css'

/** A figure's name; pressed, it says what the figure means. */
export function Meaning({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <details className={style.meaning}>
      <summary>{name}</summary>
      <p>{children}</p>
    </details>
  )
}
