import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { readConfiguration } from '#features/configurator/server'
import type { ManufacturerProfile } from '#features/manufacturer/core'
import { brandPalette, findBrandPicture, readManufacturer } from '#features/manufacturer/server'
import { drawProduct, toSvg } from '#features/products/core'
import { formatDate, formatMoney, formatNumber, type Language, light, pathIn } from '#platform/core'
import { type Platform, renderPdf, translate } from '#platform/server'
import { type OfferContent, shownContent } from '../core/index.ts'
import { openContent, openRecipient } from './offer-content.ts'
import type { OfferRow, VersionRow } from './offer-rows.ts'
import type { Recipient } from './tables.ts'

interface Paper {
  number: string
  version: number
  /** null: a draft */
  sentAt: Date | null
  currency: string
  recipient: Recipient
  shown: ReturnType<typeof shownContent>
  maker: ManufacturerProfile
  language: Language
  /** to the customer's page; null: nobody has it yet */
  link: string | null
  /** SVG of what the first configuration looks like */
  drawing: string | null
  /** PNG; null: the name stands in its place */
  logo: Buffer | null
}

/** A version as a PDF in the reader's language, a draft marked as such. */
export async function renderOfferPdf(
  platform: Platform,
  offer: OfferRow,
  version: VersionRow,
  language: Language,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { database, vault, config } = platform
  const content = await openContent(vault, version.content)
  const pdf = await renderPdf(
    offerDocument({
      number: offer.number,
      version: version.version,
      sentAt: version.sent_at,
      currency: offer.currency,
      recipient: await openRecipient(vault, version.recipient),
      shown: shownContent(content),
      maker: await readManufacturer(database),
      language,
      link: version.sent_at ? new URL(pathIn(language, `/offers/${version.token}`), config.publicUrl).href : null,
      drawing: await drawingOf(platform, content, language),
      logo: await findBrandPicture(database, 'logo'),
    }),
  )
  return { pdf, fileName: `${translate(language, 'offers:page.title')} ${offer.number}-${version.version}.pdf` }
}

async function drawingOf({ database }: Platform, { lines }: OfferContent, language: Language): Promise<string | null> {
  const token = lines.find(({ configurationToken }) => configurationToken !== null)?.configurationToken
  if (!token) return null
  const { modelId, selection } = await readConfiguration(database, token, 'staff')
  return toSvg(drawProduct(modelId, selection, { dimensions: true }), { colours: await brandPalette(database), language })
}

/** The letter: to whom, what, for how much, on which terms. */
function offerDocument(paper: Paper): TDocumentDefinitions {
  const { maker, language, number, version, drawing, logo } = paper
  const t = say(language)
  const title = `${t('title')} ${number}`
  return {
    info: { title, author: maker.legalName[language] },
    defaultStyle: { color: light.ink, fontSize: 9, lineHeight: 1.3 },
    header: {
      margin: [56, 30, 56, 0],
      columns: [
        logo
          ? { image: `data:image/png;base64,${logo.toString('base64')}`, fit: [150, 22] }
          : { text: maker.name[language], bold: true, fontSize: 11 },
        { text: `${title} · ${t('version', { version })}`, alignment: 'right', color: light.inkMuted },
      ],
    },
    footer: (page, pages) => ({
      margin: [56, 14, 56, 0],
      fontSize: 7,
      color: light.inkMuted,
      columns: [
        { text: [maker.legalName[language], maker.phone, maker.email].filter(Boolean).join('  ·  '), width: '*' },
        { text: t('pageOf', { page, pages }), alignment: 'right', width: 90 },
      ],
    }),
    ...(paper.sentAt ? {} : { watermark: { text: t('draft'), color: light.inkFaint, opacity: 0.12 } }),
    content: [
      letterHead(paper),
      lineTable(paper),
      sums(paper),
      ...terms(paper),
      ...(drawing
        ? [
            {
              unbreakable: true,
              stack: [
                { svg: drawing, fit: [440, 200], alignment: 'center', margin: [0, 16, 0, 2] },
                { text: t('drawing'), alignment: 'center', fontSize: 7, color: light.inkMuted },
              ],
            } as Content,
          ]
        : []),
    ],
  }
}

type Say = (key: string, values?: Record<string, string | number>) => string
const say =
  (language: Language): Say =>
  (key, values) =>
    translate(language, `offers:page.${key}`, values)

function letterHead({ maker, recipient, language, number, sentAt, shown, link }: Paper): Content {
  const t = say(language)
  const facts = [
    [t('number'), number],
    ...(sentAt ? [[t('date'), formatDate(sentAt, language, maker.timeZone)]] : []),
    [t('validUntil'), formatDate(`${shown.validUntil}T00:00:00Z`, language, 'UTC')],
  ]
  return {
    margin: [0, 0, 0, 14],
    columnGap: 16,
    columns: [
      {
        width: '*',
        stack: [
          { text: t('title'), fontSize: 20, lineHeight: 1.2, margin: [0, 0, 0, 8] },
          { text: t('to'), color: light.inkMuted, fontSize: 7.5 },
          ...[recipient.company, recipient.name].filter(Boolean).map(text => ({ text })),
        ],
      },
      {
        width: 190,
        stack: [
          { text: maker.legalName[language] },
          { text: maker.address[language], color: light.inkMuted, margin: [0, 0, 0, 6] },
          ...facts.map(([name, value]) => ({ text: [{ text: `${name}  `, color: light.inkMuted }, value!] })),
        ],
      },
      ...(link ? [{ width: 70, stack: [{ qr: link, fit: 66, alignment: 'right' as const }] }] : []),
    ],
  }
}

function lineTable({ shown, currency, language }: Paper): Content {
  const t = say(language)
  const muted = { color: light.inkMuted, fontSize: 7.5 }
  const right = { alignment: 'right' } as const
  const money = (amount: number) => formatMoney(amount, currency, language)
  const head: TableCell[] = [
    { text: '#', ...muted },
    { text: t('line'), ...muted },
    { text: t('quantity'), ...muted, ...right },
    { text: t('unitPrice'), ...muted, ...right },
    { text: t('amount'), ...muted, ...right },
  ]
  const rows = shown.lines.map((line, place): TableCell[] => [
    { text: String(place + 1), color: light.inkMuted },
    {
      stack: [
        { text: line.name, bold: true },
        ...(line.code ? [{ text: line.code, ...muted }] : []),
        ...(line.text ? [{ text: line.text, color: light.inkMuted, fontSize: 8 }] : []),
      ],
    },
    { text: `${formatNumber(line.quantity, language)} ${line.unit}`.trim(), ...right },
    {
      stack: [
        { text: money(line.unitPrice), ...right },
        ...(line.discountPercent > 0 ? [{ text: `−${formatNumber(line.discountPercent, language)} %`, ...muted, ...right }] : []),
      ],
    },
    { text: money(line.amount), ...right },
  ])
  return {
    table: { widths: [14, '*', 60, 80, 90], headerRows: 1, dontBreakRows: true, body: [head, ...rows] },
    layout: hairlines,
  }
}

function sums({ shown, currency, language }: Paper): Content {
  const t = say(language)
  const { subtotal, discount, net, tax, gross } = shown.totals
  const money = (amount: number) => formatMoney(amount, currency, language)
  const rows: [string, string, boolean?][] = [
    ...(discount > 0
      ? ([
          [t('subtotal'), money(subtotal)],
          [discountWords(shown, language), `−${money(discount)}`],
        ] as [string, string][])
      : []),
    [t('net'), money(net), true],
    [t('tax', { percent: formatNumber(shown.taxPercent, language) }), money(tax)],
    [t('gross'), money(gross), true],
  ]
  return {
    unbreakable: true,
    margin: [240, 8, 0, 0],
    table: {
      widths: ['*', 110],
      body: rows.map(([name, value, bold = false]): TableCell[] => [
        { text: name, bold },
        { text: value, bold, alignment: 'right' },
      ]),
    },
    layout: hairlines,
  }
}

const discountWords = ({ discount }: Paper['shown'], language: Language): string =>
  discount.kind === 'percent'
    ? say(language)('discountPercent', { percent: formatNumber(discount.percent, language) })
    : say(language)('discount')

function terms({ shown, language }: Paper): Content[] {
  const t = say(language)
  const { delivery, leadWeeks, payment, installation, warranty, notes } = shown.terms
  const parts: [string, string][] = [
    [t('delivery'), delivery],
    [t('leadTime'), leadWeeks === null ? '' : t('weeks', { count: leadWeeks })],
    [t('payment'), payment.map(({ percent, text }) => `${formatNumber(percent, language)} % ${text}`).join('\n')],
    [t('installation'), installation],
    [t('warranty'), warranty],
    [t('notes'), notes],
  ]
  const said = parts.filter(([, text]) => text !== '')
  if (said.length === 0) return []
  return [
    { text: t('terms'), bold: true, fontSize: 11, margin: [0, 16, 0, 4], headlineLevel: 1 },
    {
      table: {
        widths: [110, '*'],
        dontBreakRows: true,
        body: said.map(([name, text]): TableCell[] => [{ text: name, color: light.inkMuted }, text]),
      },
      layout: hairlines,
    },
  ]
}

const hairlines = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => light.line,
  paddingLeft: () => 0,
  paddingRight: () => 6,
  paddingTop: () => 2.5,
  paddingBottom: () => 2,
}
