import type { ReactNode } from 'react'
import style from './split-view.module.css'

/** A list, and beside it (on a phone above it) what is open of it. detail: null while nothing is open */
export function SplitView({ children, detail }: { children: ReactNode; detail: ReactNode }) {
  if (!detail) return children
  return (
    <div className={style.split}>
      {children}
      <article className={style.detail}>{detail}</article>
    </div>
  )
}
