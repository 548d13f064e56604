import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { formatMoney, formatNumber, formatUnit, type Language, type LocalizedText, light } from '#platform/core'
import type { Sheet } from '../core/index.ts'

/** A text of the sheet in the reader's language. */
export type Say = (key: string, values?: Record<string, string | number>) => string

/** Every choice, under the step it was made in. */
export function optionTable({ groups }: Sheet, language: Language, t: Say): Content {
  const rows: TableCell[][] = []
  let step = ''
  for (const group of groups) {
    const heads = group.step[language] !== step
    step = group.step[language]
    // The step's own question stands beside its name; where it has no answer the name stands alone.
    if (heads && group.name[language] !== step) {
      rows.push([{ text: step, bold: true, colSpan: 3, margin: [0, 5, 0, 0] }, '', ''])
    }
    group.items.forEach((item, i) => {
      const name = group.name[language]
      const choice = item.value === undefined ? item.name[language] : valueText(item.value, item, language)
      const pieces = item.quantity === undefined ? '' : ` × ${formatNumber(item.quantity, language)}`
      rows.push([
        { text: i === 0 ? name : '', ...(name === step ? { bold: true } : { color: light.inkMuted }) },
        // A yes-no question is often named like its option; it need not be said twice.
        `${choice === name && name !== step ? t('included') : choice}${pieces}`,
        { text: item.code ?? '', color: light.inkMuted },
      ])
    })
  }
  return grid([150, '*', 60], [t('item'), t('choice'), t('code')], rows)
}

export const specTable = ({ spec }: Sheet, language: Language): Content =>
  grid(
    [150, '*'],
    null,
    spec.map((line): TableCell[] => [
      { text: line.name[language], color: light.inkMuted },
      valueText(line.value, line, language),
    ]),
  )

export function priceTable({ price, prices }: Sheet, language: Language, t: Say): Content[] {
  if (prices === 'signed-in') return [{ text: t('afterSignIn'), bold: true }]
  if (price.status === 'on-request')
    return [
      { text: t('onRequest'), bold: true },
      { text: t(prices === 'shown' ? 'onRequestHelp' : 'onRequestAll'), color: light.inkMuted },
    ]
  const row = (name: string, amount: number, bold = false): TableCell[] => [
    { text: name, bold },
    { text: formatMoney(amount, price.currency, language), alignment: 'right', bold },
  ]
  const lines = price.lines.map(line =>
    row(`${line.name[language]}${line.quantity === 1 ? '' : ` × ${formatNumber(line.quantity, language)}`}`, line.amount),
  )
  const sums = [
    row(t('net'), price.net, true),
    ...(price.tax
      ? [
          row(`${price.tax.name[language]} ${formatNumber(price.tax.percent, language)} %`, price.tax.amount),
          row(t('gross'), price.gross, true),
        ]
      : []),
  ]
  return [grid(['*', 110], null, lines), { ...(grid(['*', 110], null, sums) as object), unbreakable: true } as Content]
}

/** A table of hairlines; the head repeats on every page. */
const grid = (widths: (string | number)[], head: string[] | null, rows: TableCell[][]): Content => ({
  table: {
    widths,
    headerRows: head ? 1 : 0,
    dontBreakRows: true,
    body: [...(head ? [head.map((text): TableCell => ({ text, color: light.inkMuted, fontSize: 7.5 }))] : []), ...rows],
  },
  layout: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => light.line,
    paddingLeft: () => 0,
    paddingRight: i => (i === widths.length - 1 ? 0 : 8),
    paddingTop: () => 1.5,
    paddingBottom: () => 1,
  },
})

/** A value with its unit. The face of the documents has no thin space. */
export function valueText(
  value: number | LocalizedText,
  { unit, decimals }: { unit?: string | undefined; decimals?: number | undefined },
  language: Language,
): string {
  if (typeof value !== 'number') return value[language]
  return `${formatNumber(value, language, decimals)}${unit ? `\u00a0${formatUnit(unit, language)}` : ''}`
}
