import type { ReactNode } from 'react'
import style from './empty-state.module.css'

/** Says what will stand here, and gives the one action that brings it. */
export function EmptyState({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={style.state}>
      <p className={style.title}>{title}</p>
      {children ? <p className={style.text}>{children}</p> : null}
      {action ? <div className={style.actions}>{action}</div> : null}
    </div>
  )
}
