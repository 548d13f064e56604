import { useEffect, useState } from 'react'
import { formatNumber, formatTime } from '#platform/core'
import { EmptyState, Notice, StatusBadge, type Tone, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type DeviceHealthView, isDoubt } from '../core/index.ts'
import { Findings } from './findings.tsx'
import style from './health.module.css'
import { IndexCourse } from './index-course.tsx'
import { LaterLearnings } from './later-learnings.tsx'

interface Props {
  /** as it was when the page was made */
  first: DeviceHealthView
  read(): Promise<DeviceHealthView>
}

const toneOf: Record<DeviceHealthView['status'], Tone> = {
  good: 'good',
  'maintenance-required': 'waiting',
  'function-check': 'waiting',
  'out-of-specification': 'warn',
  failure: 'bad',
}

/** How one machine is: index, components, what was found; read anew each minute while it is looked at. */
export function Health({ first, read }: Props) {
  const t = useTexts('diagnosis')
  const health = usePresent(first, read)
  const { kind, withheld, learned, components, later, findings, history } = health
  if (withheld && findings.length === 0 && history.length === 0)
    return <EmptyState title={t('withheld')}>{t('withheldHelp')}</EmptyState>
  if (kind === 'unknown' && !withheld) return <EmptyState title={t('unknown')}>{t('unknownHelp')}</EmptyState>
  return (
    <div className={style.page}>
      {kind === 'learning' ? (
        <Notice title={t('learning', { ...learned })}>
          {t('learningHelp')}
          <progress className={style.progress} value={learned.days} max={learned.of} aria-label={t('learning', { ...learned })} />
        </Notice>
      ) : null}
      {kind === 'known' ? <Index {...health} /> : null}
      {kind === 'known' ? <NotJudged findings={findings} /> : null}
      {components.length > 0 ? (
        <section>
          <h2>{t('components')}</h2>
          <ul className={style.components}>
            {components.map(component => (
              <Component {...component} key={component.key} />
            ))}
          </ul>
        </section>
      ) : null}
      {later.length > 0 ? <LaterLearnings later={later} /> : null}
      {kind === 'learning' ? null : (
        <section>
          <h2>{t('findings')}</h2>
          {findings.length === 0 ? <p className={style.muted}>{t('none')}</p> : <Findings findings={findings} />}
        </section>
      )}
    </div>
  )
}

function Index({ index, status, asOf, history }: DeviceHealthView) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  const timeZone = useTimeZone()
  return (
    <section className={style.index}>
      <div>
        <h2>{t('index')}</h2>
        <p className={style.figure}>
          <strong>{formatNumber(index ?? 0, language)}</strong> <small>{t('outOf')}</small>
        </p>
        <p>
          <StatusBadge tone={toneOf[status]}>{t(`status.${status}`)}</StatusBadge>
        </p>
        {asOf ? (
          <p className={style.muted} suppressHydrationWarning>
            {t('asOf', { at: formatTime(asOf, language, timeZone) })}
          </p>
        ) : null}
      </div>
      <IndexCourse history={history} until={asOf} />
    </section>
  )
}

/** Metrics that are not believed now, since when and why. */
function NotJudged({ findings }: Pick<DeviceHealthView, 'findings'>) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const doubts = findings.filter(({ kind, until }) => until === null && isDoubt(kind))
  if (doubts.length === 0) return null
  return (
    <Notice tone="warn" title={t('notJudged', { count: doubts.length })}>
      <ul className={style.doubts}>
        {doubts.map(({ id, text, since }) => (
          <li key={id} suppressHydrationWarning>
            {text[language]} {t('since', { at: formatTime(since, language, timeZone) })}
          </li>
        ))}
      </ul>
      {t('notJudgedHelp')}
    </Notice>
  )
}

function Component({ name, index, judged }: DeviceHealthView['components'][number]) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  return (
    <li>
      <span>
        {name[language]} {judged ? null : <small className={style.muted}>{t('paused')}</small>}
      </span>
      <meter
        className={style.meter}
        min={0}
        max={100}
        low={40}
        high={61}
        optimum={100}
        value={index}
        aria-label={name[language]}
      />
      <strong>{formatNumber(index, language)}</strong>
    </li>
  )
}

function usePresent(first: DeviceHealthView, read: Props['read']): DeviceHealthView {
  const [health, setHealth] = useState(first)
  useEffect(() => {
    let current = true
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      const seen = await read().catch(() => null) // the next look tries again
      if (current && seen) setHealth(seen)
    }
    const timer = setInterval(look, 60_000)
    document.addEventListener('visibilitychange', look)
    return () => {
      current = false
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [read])
  return health
}
