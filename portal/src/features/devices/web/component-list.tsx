import { formatDay, formatNumber } from '#platform/core'
import { StatusBadge, useLanguage, useTexts } from '#platform/web'
import { type DeviceComponent, monthsBetween, nearEnd, spentLife } from '../core/index.ts'
import style from './machines.module.css'

/** The components of a machine with their age, and how much of their expected life that is. today: YYYY-MM-DD */
export function ComponentList({ components, today }: { components: readonly DeviceComponent[]; today: string }) {
  const t = useTexts('devices')
  return (
    <ul className={style.parts} aria-label={t('components')}>
      {components.map(component => (
        <li key={component.key} data-depth={depthOf(component, components)}>
          <Part component={component} today={today} />
        </li>
      ))}
    </ul>
  )
}

function Part({ component, today }: { component: DeviceComponent; today: string }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const words = useSpans()
  const { name, partNumber, since, replaced, lifeMonths, lifeHours } = component
  const spent = spentLife(since, lifeMonths, today)
  const life = [
    lifeMonths && words.months(lifeMonths),
    lifeHours && t('part.hours', { count: lifeHours, hours: formatNumber(lifeHours, language) }),
  ].filter(Boolean)
  const facts = [
    ...(partNumber ? [t('part.number', { number: partNumber })] : []),
    ...(replaced && since ? [t('part.replaced', { date: formatDay(since, language) })] : []),
    ...(life.length > 0
      ? [t('part.life', { life: life.length > 1 ? t('part.lifeOr', { months: life[0], hours: life[1] }) : life[0] })]
      : []),
  ]
  return (
    <>
      <p className={style.part}>
        <strong>{name[language]}</strong>
        {since ? <span>{t('part.age', { age: words.months(monthsBetween(since, today)) })}</span> : null}
      </p>
      {spent === null ? null : (
        <progress className={style.life} max={100} value={Math.min(100, Math.round(spent * 100))} aria-label={name[language]} />
      )}
      {spent !== null && spent >= nearEnd ? (
        <StatusBadge tone="warn">{t(spent >= 1 ? 'part.over' : 'part.near')}</StatusBadge>
      ) : null}
      {facts.length > 0 ? <p className={style.muted}>{facts.join(' · ')}</p> : null}
    </>
  )
}

/** Months as people say them. */
function useSpans() {
  const t = useTexts('devices')
  return {
    months(count: number): string {
      const [years, months] = [Math.floor(count / 12), count % 12]
      if (count === 0) return t('part.lessThanMonth')
      if (years === 0) return t('part.months', { count: months })
      if (months === 0) return t('part.years', { count: years })
      return t('part.yearsMonths', { years, months })
    },
  }
}

/** How deep a component lies, two levels at most. */
function depthOf({ partOf }: DeviceComponent, components: readonly DeviceComponent[]): number {
  if (partOf === null) return 0
  return components.find(({ key }) => key === partOf)?.partOf == null ? 1 : 2
}
