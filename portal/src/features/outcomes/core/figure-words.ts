import { formatNumber, type Language, translate } from '#platform/core'
import { fewestVerdicts, longestLead, type Outcome } from './outcome.ts'

/** One figure of what came of warnings, in words. */
export interface FigureWords {
  title: string
  /** words where there is too little for a number */
  number: string
  /** on what it rests */
  basis: string
  /** what it is; null: the basis says it */
  help: string | null
}

/** The four figures of what came of warnings, the same on pages, in reports and where a package is offered. */
export function figureWords(outcome: Outcome, language: Language): FigureWords[] {
  const t = (key: string, values = {}) => translate(language, `outcomes:${key}`, values)
  const number = (value: number, decimals = 0) => formatNumber(value, language, decimals)
  const days = (value: number) => number(value, value < 10 ? 1 : 0)
  const percent = (value: number) => `${number(value * 100)}\u202f%`
  const { precision, lead, falsePerMonth, missed, noFault } = outcome
  return [
    {
      title: t('precision'),
      number: precision
        ? t('share', { value: percent(precision.value), lower: percent(precision.lower), upper: percent(precision.upper) })
        : t('tooFew'),
      basis: t('judged', {
        ...{ judged: number(outcome.confirmed + noFault), warnings: number(outcome.warnings) },
        unjudged: number(outcome.unjudged),
      }),
      help: precision ? t('precisionHelp') : t('tooFewHelp', { count: fewestVerdicts }),
    },
    {
      title: t('leadTime'),
      number: lead ? t('days', { value: days(lead.median) }) : t('noLead'),
      basis: lead
        ? t('median', { shortest: days(lead.shortest), longest: days(lead.longest), count: lead.count })
        : t('noLeadHelp'),
      help: t('leadTimeHelp', { count: longestLead }),
    },
    {
      title: t('false'),
      number: falsePerMonth === null ? t('tooShort') : t('falseUnit', { value: number(falsePerMonth, 2) }),
      basis: t('falseHelp', { noFault: number(noFault), months: number(outcome.machineMonths, 1) }),
      help: null,
    },
    {
      title: t('missed'),
      number: missed ? t('missedOf', { unwarned: number(missed.unwarned), failures: number(missed.failures) }) : t('noFailures'),
      basis: missed ? t('missedHelp') : t('noFailuresHelp'),
      help: null,
    },
  ]
}
