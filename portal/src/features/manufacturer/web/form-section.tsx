import type { ReactNode } from 'react'
import { ActionButton } from '#platform/web'
import style from './profile-form.module.css'

/** A part of a long form: its name and what it is for on the left, its fields on the right. */
export function Section({ title, help, children }: { title: string; help?: ReactNode; children: ReactNode }) {
  return (
    <section className={style.section}>
      <div className={style.sectionHead}>
        <h2>{title}</h2>
        {help ? <p className={style.help}>{help}</p> : null}
      </div>
      <div className={style.fields}>{children}</div>
    </section>
  )
}

/** One of several of the same, which can be taken away. */
export function Row({ remove, onRemove, children }: { remove: string; onRemove(): void; children: ReactNode }) {
  return (
    <div className={style.row}>
      {children}
      <ActionButton size="small" strength="quiet" onClick={onRemove}>
        {remove}
      </ActionButton>
    </div>
  )
}
