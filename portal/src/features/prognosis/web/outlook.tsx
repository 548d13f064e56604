import { formatTime } from '#platform/core'
import { EmptyState, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Outlook as OutlookOf } from '../core/index.ts'
import style from './remaining.module.css'
import { RemainingBar } from './remaining-bar.tsx'
import { RemainingCourse } from './remaining-course.tsx'
import { useSpans } from './spans.ts'

type Component = OutlookOf['components'][number]

/** How long the components of a machine are likely to last, or why nobody can say. */
export function Outlook({ outlook: { components, withheld } }: { outlook: OutlookOf }) {
  const t = useTexts('prognosis')
  if (components.length === 0) return <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
  const known = components.flatMap(({ remaining }) => remaining ?? [])
  // an open end says nothing of the scale
  const most = Math.max(24, ...known.map(({ lower, upper, beyond }) => (beyond ? 1.5 * lower : upper))) * 1.05
  return (
    <div className={style.page}>
      <p className={style.lead}>{t('lead')}</p>
      {withheld ? (
        <Notice tone="info" title={t('withheld')}>
          {t('withheldHelp')}
        </Notice>
      ) : null}
      <ul className={style.cards}>
        {components.map(component => (
          <li className={style.card} key={component.key}>
            <Card component={component} most={most} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Card({ component, most }: { component: Component; most: number }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const zone = useTimeZone()
  const span = useSpans()
  const { remaining, reason, failures, needed, asOf, before, kind, model } = component
  const name = component.name[language]
  const time = (at: string) => formatTime(at, language, zone)
  if (!remaining)
    return (
      <>
        <h2>{name}</h2>
        <p>{t('noNumber')}</p>
        <p className={style.muted}>{t(`reasons.${reason ?? 'no-readings'}`, { needed, failures })}</p>
      </>
    )
  const { lower, median, upper, beyond } = remaining
  const over = upper === 0
  const words = over
    ? t('over')
    : beyond
      ? t('atLeast', { lower: span(lower) })
      : t('between', { lower: span(lower), upper: span(upper) })
  return (
    <>
      <h2>{name}</h2>
      <p className={style.words}>
        <strong>{words}</strong>
        <span>{over ? t('overHelp') : beyond ? t('likelyBeyond') : t('likely', { median: span(median) })}</span>
      </p>
      {over ? null : (
        <div>
          <RemainingBar remaining={remaining} most={most} label={t('bar', { name, words })} />
          <p className={style.scale}>
            <span>0</span>
            <span>{span(most)}</span>
          </p>
        </div>
      )}
      <p className={style.muted}>
        {[kind === 'model' ? t('byModel', { number: model }) : t('byTrend'), asOf && t('asOf', { at: time(asOf) })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {before.length >= 3 ? (
        <div className={style.course}>
          <small className={style.muted}>{t('courseTitle')}</small>
          <RemainingCourse
            before={before}
            label={t('course', { name, from: time(before[0]!.asOf), to: time(before.at(-1)!.asOf) })}
          />
        </div>
      ) : null}
    </>
  )
}
