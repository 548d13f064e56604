import type { ReactNode } from 'react'
import { formatDate } from '#platform/core'
import { LocaleLink, StatusBadge, type Tone, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Advice, Urgency } from '../core/index.ts'
import style from './maintenance.module.css'
import { PartList } from './service/part-list.tsx'

const tones: Record<Urgency, Tone> = { now: 'bad', soon: 'warn', 'next-visit': 'waiting' }

interface AdviceListProps {
  advice: readonly Advice[]
  request: ((subject: 'advice', about: string, name: string) => ReactNode) | undefined
  /** where a customer finds the machine's packages; absent: staff, who ask for none */
  packagesPath: string | undefined
}

/** What is advised on a machine now; nothing where nothing is. */
export function AdviceList({ advice, request, packagesPath }: AdviceListProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const zone = useTimeZone()
  if (advice.length === 0) return null
  return (
    <section className={style.section}>
      <h2>{t('advice.title')}</h2>
      <p className={style.muted}>{t('advice.lead')}</p>
      <ul className={style.tasks} aria-label={t('advice.title')}>
        {advice.map(({ key, action, reason, parts, urgency, because, since, package: sold }) => (
          <li className={style.task} key={key}>
            <div className={style.what}>
              <div className={style.head}>
                <h3>{action[language]}</h3>
                <StatusBadge tone={tones[urgency]}>{t(`advice.urgency.${urgency}`)}</StatusBadge>
              </div>
              {reason[language] ? <p className={style.words}>{reason[language]}</p> : null}
              {because && since ? (
                <p className={style.muted} suppressHydrationWarning>
                  {t('advice.because', { what: because[language], at: formatDate(since, language, zone) })}
                </p>
              ) : null}
              <PartList parts={parts} />
              {sold ? (
                <p>
                  {t(`advice.package.${sold.standing}`, { name: sold.name[language] })}
                  {packagesPath && sold.standing !== 'told' ? (
                    <>
                      {' '}
                      <LocaleLink to={packagesPath}>{t(`advice.package.${sold.standing === 'open' ? 'ask' : 'see'}`)}</LocaleLink>
                    </>
                  ) : null}
                </p>
              ) : null}
            </div>
            <div className={style.buttons}>{request?.('advice', key, action[language])}</div>
          </li>
        ))}
      </ul>
    </section>
  )
}
