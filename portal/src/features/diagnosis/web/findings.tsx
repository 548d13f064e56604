import { formatNumber, formatTime } from '#platform/core'
import { StatusBadge, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type DeviceHealthView, type FindingView, isDoubt } from '../core/index.ts'
import style from './health.module.css'

/** What was found at a machine, in words, with what tells of it as bars. */
export function Findings({ findings }: Pick<DeviceHealthView, 'findings'>) {
  return (
    <ul className={style.findings}>
      {findings.map(finding => (
        <Finding {...finding} key={finding.id} />
      ))}
    </ul>
  )
}

function Finding({ kind, component, text, contributions, unused, since, until, verdict }: FindingView) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const at = (moment: string) => formatTime(moment, language, timeZone)
  return (
    <li>
      <p className={style.head}>
        <StatusBadge tone={until === null ? 'waiting' : 'neutral'}>{t(until === null ? 'open' : 'closed')}</StatusBadge>
        <span>{[t(`kind.${kind}`), component?.[language]].filter(Boolean).join(' · ')}</span>
        <small className={style.muted} suppressHydrationWarning>
          {until === null ? t('since', { at: at(since) }) : t('span', { from: at(since), to: at(until) })}
        </small>
      </p>
      <p>{text[language]}</p>
      {unused ? <p className={style.muted}>{t('unused', { count: unused })}</p> : null}
      <ul className={style.bars}>
        {(isDoubt(kind) ? [] : contributions).map(({ name, share, higher }) => (
          <li key={name.en}>
            <span>{name[language]}</span>
            <svg className={style.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.round(share * 100)} height="8" />
            </svg>
            <small>
              {contributions.length > 1 ? `${formatNumber(Math.round(share * 100), language)} % ` : ''}
              {t(higher ? 'higher' : 'lower')}
            </small>
          </li>
        ))}
      </ul>
      {verdict ? <p className={style.muted}>{t(verdict === 'confirmed' ? 'confirmed' : 'noFault')}</p> : null}
    </li>
  )
}
