import type { SpecLine } from '@fettle/engine'
import { Measure, useLanguage } from '#platform/web'

/** Headline figures of the configuration: lead time, mass, power. */
export function Facts({ lines, className }: { lines: readonly SpecLine[]; className?: string | undefined }) {
  const language = useLanguage()
  if (lines.length === 0) return null
  return (
    <dl className={className}>
      {lines.map(({ id, role, name, value, unit, decimals }) => (
        <div key={id} data-fact={role}>
          <dt>{name[language]}</dt>
          <dd>{typeof value === 'number' ? <Measure value={value} unit={unit} decimals={decimals} /> : value[language]}</dd>
        </div>
      ))}
    </dl>
  )
}
