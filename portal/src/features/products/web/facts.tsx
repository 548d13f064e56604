import type { ReactNode } from 'react'
import style from './facts.module.css'

export interface Fact {
  id: string
  name: string
  value: ReactNode
}

/** A few numbers, each large over its name. small: in a list. large: a row of their own across the page. */
export function Facts({ facts, size = 'normal' }: { facts: readonly Fact[]; size?: 'small' | 'normal' | 'large' }) {
  return (
    <dl className={`${style.facts} ${style[size]}`}>
      {facts.map(fact => (
        <div className={style.fact} key={fact.id}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
