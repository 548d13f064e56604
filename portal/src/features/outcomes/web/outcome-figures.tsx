import type { ReactNode } from 'react'
import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { fewestVerdicts, longestLead, type Outcome } from '../core/index.ts'
import style from './outcomes.module.css'

/** The four figures of what came of warnings, each with what it rests on; where that is too little, in words instead of a number. */
export function OutcomeFigures({ outcome }: { outcome: Outcome }) {
  const t = useTexts('outcomes')
  const language = useLanguage()
  const number = (value: number, decimals = 0) => formatNumber(value, language, decimals)
  const days = (value: number) => number(value, value < 10 ? 1 : 0)
  const { precision, lead, falsePerMonth, missed } = outcome
  return (
    <dl className={style.figures}>
      <Figure
        title={t('precision')}
        number={
          precision
            ? t('share', {
                value: percent(precision.value, number),
                lower: percent(precision.lower, number),
                upper: percent(precision.upper, number),
              })
            : t('tooFew')
        }
        basis={t('judged', {
          judged: number(outcome.confirmed + outcome.noFault),
          warnings: number(outcome.warnings),
          unjudged: number(outcome.unjudged),
        })}
      >
        {precision ? t('precisionHelp') : t('tooFewHelp', { count: fewestVerdicts })}
      </Figure>
      <Figure
        title={t('leadTime')}
        number={lead ? t('days', { value: days(lead.median) }) : t('noLead')}
        basis={
          lead ? t('median', { shortest: days(lead.shortest), longest: days(lead.longest), count: lead.count }) : t('noLeadHelp')
        }
      >
        {t('leadTimeHelp', { count: longestLead })}
      </Figure>
      <Figure
        title={t('false')}
        number={falsePerMonth === null ? t('tooShort') : t('falseUnit', { value: number(falsePerMonth, 2) })}
        basis={t('falseHelp', { noFault: number(outcome.noFault), months: number(outcome.machineMonths, 1) })}
      />
      <Figure
        title={t('missed')}
        number={
          missed ? t('missedOf', { unwarned: number(missed.unwarned), failures: number(missed.failures) }) : t('noFailures')
        }
        basis={missed ? t('missedHelp') : t('noFailuresHelp')}
      />
    </dl>
  )
}

const percent = (value: number, number: (value: number) => string): string => `${number(value * 100)}\u202f%`

interface FigureProps {
  title: string
  number: string
  /** on what it rests */
  basis: string
  /** what it is */
  children?: ReactNode
}

function Figure({ title, number, basis, children }: FigureProps) {
  return (
    <div className={style.figure}>
      <dt>{title}</dt>
      <dd className={style.number}>{number}</dd>
      <dd>{basis}</dd>
      {children ? <dd>{children}</dd> : null}
    </div>
  )
}
