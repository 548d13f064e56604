import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { StatusBadge, useLanguage, useTexts } from '#platform/web'
import type { RuleView } from '../core/index.ts'
import { SeverityBadge } from './alarm-words.tsx'
import style from './alarms.module.css'
import type { OfferedMetric } from './metric.ts'
import { useConditionWords } from './use-condition-words.ts'

interface Props {
  title: string
  help: string
  rules: readonly RuleView[]
  metrics: readonly OfferedMetric[]
  /** where a rule is edited; absent: it is not the reader's */
  hrefOf?: (rule: RuleView) => string
  action?: ReactNode
  empty?: ReactNode
}

/** Rules, each with its conditions in one line. */
export function RuleList({ title, help, rules, metrics, hrefOf, action, empty }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const say = useConditionWords(metrics)
  return (
    <section className={style.section}>
      <div className={style.head}>
        <h2>{title}</h2>
        {action}
      </div>
      <p className={style.muted}>{help}</p>
      {rules.length === 0 ? empty : null}
      <ul className={style.rules} aria-label={title}>
        {rules.map(rule => (
          <li key={rule.id}>
            <span className={style.head}>
              {hrefOf ? <Link to={hrefOf(rule)}>{rule.name[language]}</Link> : <strong>{rule.name[language]}</strong>}
              <span className={style.actions}>
                <SeverityBadge severity={rule.severity} />
                {hrefOf ? (
                  <StatusBadge tone={rule.state === 'active' ? 'good' : 'neutral'}>{t(`rules.state.${rule.state}`)}</StatusBadge>
                ) : null}
              </span>
            </span>
            <span className={style.muted}>{say(rule.raise)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
