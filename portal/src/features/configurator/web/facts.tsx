import type { SpecLine } from '@fettle/engine'
import type { ReactNode } from 'react'
import { Measure, useLanguage } from '#platform/web'

interface FactsProps {
  lines: readonly SpecLine[]
  className?: string | undefined
  /** further ones, each a term with its description */
  children?: ReactNode
}

/** Headline figures of the configuration: lead time, mass, power. */
export function Facts({ lines, className, children }: FactsProps) {
  const language = useLanguage()
  if (lines.length === 0 && !children) return null
  return (
    <dl className={className}>
      {lines.map(({ id, role, name, value, unit, decimals }) => (
        <div key={id} data-fact={role}>
          <dt>{name[language]}</dt>
          <dd>{typeof value === 'number' ? <Measure value={value} unit={unit} decimals={decimals} /> : value[language]}</dd>
        </div>
      ))}
      {children}
    </dl>
  )
}
