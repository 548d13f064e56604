import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { ManufacturerProfile } from '#features/manufacturer/core'
import { readManufacturer } from '#features/manufacturer/server'
import { drawProduct, toSvg } from '#features/products/core'
import {
  formatDate,
  formatMoney,
  formatNumber,
  formatUnit,
  type Language,
  type LocalizedText,
  light,
  pathIn,
} from '#platform/core'
import { type Platform, renderPdf, translate } from '#platform/server'
import { type Sheet, sheetValidity } from '../core/index.ts'
import { readConfiguration } from './read-configuration.ts'

/** The sheet of a saved configuration as a PDF in the reader's language; 404 for an unknown token. */
export async function renderSheetPdf(
  platform: Platform,
  token: string,
  language: Language,
): Promise<{ pdf: Uint8Array; fileName: string; productName: string }> {
  const sheet = await readConfiguration(platform.database, token)
  const maker = await readManufacturer(platform.database)
  const link = new URL(pathIn(language, `/c/${token}`), platform.config.publicUrl).href
  const productName = sheet.productName[language]
  return {
    pdf: await renderPdf(sheetDocument(sheet, { maker, link, language, zone: maker.timeZone })),
    fileName: `${productName} ${translate(language, 'configurator:sheet.fileName')} ${sheet.createdAt.slice(0, 10)}.pdf`,
    productName,
  }
}

interface Frame {
  maker: ManufacturerProfile
  /** to the saved configuration */
  link: string
  language: Language
  /** IANA time zone of the manufacturer */
  zone: string
}

function sheetDocument(sheet: Sheet, frame: Frame): TDocumentDefinitions {
  const { maker, link, language, zone } = frame
  const t = (key: string, values?: Record<string, string | number>) => translate(language, `configurator:sheet.${key}`, values)
  const say = (text: LocalizedText) => text[language]
  const heading = (key: string): Content => ({ text: t(key), bold: true, fontSize: 11, margin: [0, 14, 0, 4] })
  // a table without rows is an error to pdfmake, and a heading above nothing one to the reader
  const section = (key: string, widths: (string | number)[], head: string[] | null, rows: TableCell[][]): Content[] =>
    rows.length > 0 ? [heading(key), grid(widths, head, rows)] : []
  const drawing = toSvg(drawProduct(sheet.modelId, sheet.selection, { dimensions: true }), { colours: light, language })

  return {
    info: { title: `${say(sheet.productName)} – ${t('title')}`, author: say(maker.legalName) },
    defaultStyle: { color: light.ink },
    header: {
      margin: [56, 28, 56, 0],
      columns: [
        { text: say(maker.name), bold: true, fontSize: 11 },
        { text: t('title'), alignment: 'right', color: light.inkMuted },
      ],
    },
    footer: (page, pages) => ({
      margin: [56, 12, 56, 0],
      fontSize: 7.5,
      color: light.inkFaint,
      columns: [
        { text: [say(maker.legalName), say(maker.address), maker.phone, maker.email].filter(Boolean).join('  ·  '), width: '*' },
        { text: t('page', { page, pages }), alignment: 'right', width: 'auto' },
      ],
    }),
    content: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: say(sheet.productName), fontSize: 20, lineHeight: 1.2 },
              {
                margin: [0, 8, 0, 0],
                layout: 'noBorders',
                table: {
                  body: [
                    ...(sheet.typeCode ? [fact(t('typeCode'), sheet.typeCode)] : []),
                    fact(t('model'), sheet.modelVersion),
                    fact(t('date'), formatDate(sheet.createdAt, language, zone)),
                    ...(sheet.price.status === 'priced'
                      ? [fact(t('validUntil'), formatDate(sheet.validUntil, language, zone))]
                      : []),
                  ],
                },
              },
            ],
          },
          { width: 110, stack: [{ qr: link, fit: 84, alignment: 'right' }] },
        ],
      },
      { svg: drawing, width: 400, alignment: 'center', margin: [0, 10, 0, 2] },
      { text: t('drawing'), alignment: 'center', fontSize: 7.5, color: light.inkFaint },
      ...section(
        'options',
        ['*', '*', 70],
        [t('item'), t('choice'), t('code')],
        sheet.groups.flatMap(group =>
          group.items.map((item, index): TableCell[] => [
            index === 0 ? { text: say(group.name), color: light.inkMuted } : '',
            item.value === undefined
              ? `${say(item.name)}${item.quantity === undefined ? '' : ` × ${item.quantity}`}`
              : withUnit(item.value, item.unit, language),
            item.code ?? '',
          ]),
        ),
      ),
      ...section(
        'specification',
        ['*', '*'],
        null,
        sheet.spec.map((line): TableCell[] => [
          { text: say(line.name), color: light.inkMuted },
          typeof line.value === 'number' ? withUnit(line.value, line.unit, language, line.decimals) : say(line.value),
        ]),
      ),
      heading('price'),
      ...priceTable(sheet, language, t),
      ...(sheet.price.status === 'priced'
        ? [
            heading('terms'),
            { text: t('termsText', { days: sheetValidity }) },
            ...(say(maker.priceTerms) ? [{ text: say(maker.priceTerms) }] : []),
          ]
        : []),
      { margin: [0, 14, 0, 0], text: [`${t('link')}: `, { text: link, link, color: light.link }] },
    ],
  }
}

type Say = (key: string, values?: Record<string, string | number>) => string

function priceTable({ price }: Sheet, language: Language, t: Say): Content[] {
  const money = (amount: number): TableCell => ({ text: formatMoney(amount, price.currency, language), alignment: 'right' })
  const rows: TableCell[][] = price.lines.map(line => [
    `${line.name[language]}${line.quantity === 1 ? '' : ` × ${formatNumber(line.quantity, language)}`}`,
    money(line.amount),
  ])
  if (price.status === 'on-request')
    return [
      { text: t('onRequest'), bold: true },
      { text: t('onRequestHelp'), color: light.inkMuted },
    ]
  rows.push([{ text: t('net'), bold: true }, { ...(money(price.net) as object), bold: true } as TableCell])
  if (price.tax) {
    rows.push([`${price.tax.name[language]} ${formatNumber(price.tax.percent, language)} %`, money(price.tax.amount)])
    rows.push([{ text: t('gross'), bold: true }, { ...(money(price.gross) as object), bold: true } as TableCell])
  }
  return [grid(['*', 110], null, rows)]
}

const fact = (name: string, value: string): TableCell[] => [{ text: name, color: light.inkMuted }, value]

/** A table of hairlines; the head repeats on every page. */
const grid = (widths: (string | number)[], head: string[] | null, rows: TableCell[][]): Content => ({
  table: {
    widths,
    headerRows: head ? 1 : 0,
    dontBreakRows: true,
    body: [...(head ? [head.map((text): TableCell => ({ text, color: light.inkFaint, fontSize: 8 }))] : []), ...rows],
  },
  layout: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => light.line,
    paddingLeft: () => 0,
    paddingRight: () => 8,
    paddingTop: () => 2.5,
    paddingBottom: () => 2,
  },
})

const withUnit = (value: number, unit: string | undefined, language: Language, decimals?: number): string =>
  `${formatNumber(value, language, decimals)}${unit ? `\u2009${formatUnit(unit, language)}` : ''}`
