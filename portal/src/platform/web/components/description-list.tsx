import type { ReactNode } from 'react'
import style from './description-list.module.css'

export interface Description {
  term: ReactNode
  value: ReactNode
  /** when the term is not unique text */
  key?: string
}

/** Terms and their values under one another. `numeric` sets values flush right, for numbers that are compared. */
export function DescriptionList({ items, numeric = false }: { items: readonly Description[]; numeric?: boolean }) {
  return (
    <dl className={numeric ? `${style.list} ${style.numeric}` : style.list}>
      {items.map(({ term, value, key }) => (
        <div className={style.row} key={key ?? String(term)}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
