import type { ReactNode } from 'react'
import style from './facts.module.css'

export interface Fact {
  id: string
  name: string
  value: ReactNode
}

/** A few numbers and what they are. small: in a list. normal: under one another. large: a row of their own across the page. */
export function Facts({ facts, size = 'normal' }: { facts: readonly Fact[]; size?: 'small' | 'normal' | 'large' }) {
  return (
    <dl className={style[size]}>
      {facts.map(fact => (
        <div className={style.fact} key={fact.id}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Facts as the manufacturer writes them: a value as text, a unit, what it is. */
export const factsSaid = (facts: readonly { value: string; unit?: string; label: string }[]): Fact[] =>
  facts.map(({ value, unit, label }) => ({
    id: label,
    name: label,
    value: (
      <span className={style.value}>
        {value}
        {unit ? <span className={style.unit}>{unit}</span> : null}
      </span>
    ),
  }))
