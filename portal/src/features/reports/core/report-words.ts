import { figureWords } from '#features/outcomes/core'
import { formatDate, formatNumber, formatUnit, type Language, translate } from '#platform/core'
import type { MachineFacts, ReportFacts } from './api.ts'

interface Row {
  name: string
  lines: string[]
}

/** What a report says of what came of warnings: each figure of the month and of twelve months, with what it rests on. */
export function outcomeRows({ month, year }: NonNullable<ReportFacts['outcomes']>, language: Language): Row[] {
  const t = (key: string, values = {}) => translate(language, `reports:${key}`, values)
  const ofYear = figureWords(year, language)
  return figureWords(month, language).map(({ title, number, basis }, i) => ({
    name: title,
    lines: [t('inMonth', { number, basis }), t('inYear', { number: ofYear[i]!.number, basis: ofYear[i]!.basis })],
  }))
}

/** What a report says of one machine, a line each with its name: the same on the page and in the PDF. zone: IANA */
export function reportRows(machine: MachineFacts, language: Language, zone: string): Row[] {
  const t = (key: string, values = {}) => translate(language, `reports:${key}`, values)
  const number = (value: number, decimals = 0) => formatNumber(value, language, decimals)
  const day = (at: string) => formatDate(at, language, zone)
  const { health, alarms, findings, maintenance, outlook } = machine
  const counted = (['critical', 'high', 'medium', 'low'] as const).filter(severity => alarms[severity] > 0)
  const row = (key: string, lines: readonly string[] | undefined, none: string) => ({
    name: t(key),
    lines: !lines ? [t('closed')] : lines.length > 0 ? [...lines] : [t(none)],
  })
  return [
    row('health', health ? healthWords(health) : undefined, 'healthUnknown'),
    row(
      'counters',
      machine.counters.map(({ name, unit, added, end }) =>
        t('counter', { name: name[language], added: number(added, 1), end: number(end, 1), unit: formatUnit(unit, language) }),
      ),
      'noCounters',
    ),
    { name: t('availability'), lines: [`${number(machine.availability * 100)}\u202f%`] },
    row(
      'alarms',
      counted.length > 0 ? [counted.map(one => t(`alarmCount.${one}`, { count: alarms[one] })).join(' · ')] : [],
      'noAlarms',
    ),
    row(
      'findings',
      findings?.map(({ text, since, until, verdict }) =>
        t('finding', {
          text: text[language],
          since: day(since),
          until: until ? day(until) : t('goesOn'),
          verdict: t(`verdict.${verdict ?? 'none'}`),
        }),
      ),
      'noFindings',
    ),
    row(
      'service',
      machine.service.map(({ number: no, about, at }) =>
        t('served', { no, about: about?.[language] ?? t('serviceFree'), at: day(at) }),
      ),
      'noService',
    ),
    {
      name: t('maintenance'),
      lines: [
        t('done', { count: maintenance.done }),
        maintenance.due.length > 0
          ? t('due', { tasks: maintenance.due.map(task => task[language]).join(language === 'en' ? ', ' : '、') })
          : t('nothingDue'),
      ],
    },
    row('outlook', outlook?.map(outlookWords), 'noOutlook'),
  ]

  function healthWords({ before, end }: NonNullable<MachineFacts['health']>): string[] {
    if (end === null) return []
    const change = before === null ? null : end - before
    const words =
      change === null ? t('firstHealth') : change === 0 ? t('sameHealth') : t('healthChange', { change: signed(change) })
    return [`${number(end)} / 100 · ${words}`]
  }
  function signed(value: number): string {
    return value > 0 ? `+${number(value)}` : number(value)
  }
  function outlookWords({ component, remaining }: NonNullable<MachineFacts['outlook']>[number]): string {
    if (!remaining) return t('noNumber', { component: component[language] })
    const days = (hours: number) => number(hours / 24)
    return t(remaining.beyond ? 'remainingBeyond' : 'remaining', {
      component: component[language],
      ...{ lower: days(remaining.lower), median: days(remaining.median), upper: days(remaining.upper) },
    })
  }
}
