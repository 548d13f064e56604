import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { ManufacturerProfile } from '#features/manufacturer/core'
import { brandPalette, findBrandPicture, readManufacturer } from '#features/manufacturer/server'
import { drawProduct, type PriceReader, toSvg } from '#features/products/core'
import { formatDate, formatMoney, type Language, light, type Palette, pathIn } from '#platform/core'
import { type Platform, renderPdf, translate } from '#platform/server'
import { type Sheet, sheetValidity } from '../core/index.ts'
import { readConfiguration } from './read-configuration.ts'
import { optionTable, priceTable, type Say, specTable, valueText } from './sheet-tables.ts'

/** The sheet of a saved configuration as a PDF for its reader; 404 for an unknown token. */
export async function renderSheetPdf(
  platform: Platform,
  token: string,
  { language, reader }: { language: Language; reader: PriceReader },
): Promise<{ pdf: Uint8Array; fileName: string; productName: string }> {
  const sheet = await readConfiguration(platform.database, token, reader)
  const maker = await readManufacturer(platform.database)
  const colours = await brandPalette(platform.database)
  const logo = await findBrandPicture(platform.database, 'logo')
  const link = new URL(pathIn(language, `/c/${token}`), platform.config.publicUrl).href
  const productName = sheet.productName[language]
  return {
    pdf: await renderPdf(sheetDocument(sheet, { maker, link, language, zone: maker.timeZone, colours, logo })),
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
  /** of the drawing */
  colours: Palette
  /** PNG, in place of the name; null: there is none */
  logo: Buffer | null
}

/** What a purchaser keeps: what it is and costs at a glance, its drawing, then every choice, figure and amount. */
export function sheetDocument(sheet: Sheet, frame: Frame): TDocumentDefinitions {
  const { maker, language, colours, logo } = frame
  const t: Say = (key, values) => translate(language, `configurator:sheet.${key}`, values)
  const terms = maker.priceTerms[language]
  const priced = sheet.price.status === 'priced'
  return {
    info: { title: `${sheet.productName[language]} – ${t('title')}`, author: maker.legalName[language] },
    defaultStyle: { color: light.ink, fontSize: 8.5, lineHeight: 1.25 },
    header: {
      margin: [56, 30, 56, 0],
      columns: [
        logo
          ? { image: `data:image/png;base64,${logo.toString('base64')}`, fit: [150, 22] }
          : { text: maker.name[language], bold: true, fontSize: 11 },
        { text: t('title'), alignment: 'right', color: light.inkMuted, fontSize: 9 },
      ],
    },
    footer: (page, pages) => ({
      margin: [56, 14, 56, 0],
      fontSize: 7,
      color: light.inkMuted,
      columns: [
        { text: [maker.legalName[language], maker.phone, maker.email].filter(Boolean).join('  ·  '), width: '*' },
        { text: t('page', { page, pages }), alignment: 'right', width: 90 },
      ],
    }),
    // A heading goes with what it heads.
    pageBreakBefore: (node, on) =>
      node.headlineLevel === 1 && on.getFollowingNodesOnPage().length < 12 && on.getNodesOnNextPage().length > 0,
    content: [
      titleBlock(sheet, frame, t),
      glance(sheet, language, t),
      {
        svg: toSvg(drawProduct(sheet.modelId, sheet.selection, { dimensions: true }), { colours, language }),
        fit: [480, 270],
        alignment: 'center',
        margin: [0, 8, 0, 2],
      },
      { text: t('drawing'), alignment: 'center', fontSize: 7, color: light.inkMuted },
      ...part(t('options'), optionTable(sheet, language, t)),
      ...(sheet.spec.length > 0 ? part(t('specification'), specTable(sheet, language)) : []),
      ...part(t('price'), ...priceTable(sheet, language, t)),
      ...(priced ? part(t('terms'), { text: t('termsText', { days: sheetValidity }) }, ...(terms ? [{ text: terms }] : [])) : []),
    ],
  }
}

function titleBlock(sheet: Sheet, { link, language, zone }: Frame, t: Say): Content {
  const facts: [string, string][] = [
    ...(sheet.typeCode ? [[t('typeCode'), sheet.typeCode] as [string, string]] : []),
    [t('date'), formatDate(sheet.createdAt, language, zone)],
    ...(sheet.price.status === 'priced'
      ? [[t('validUntil'), formatDate(sheet.validUntil, language, zone)] as [string, string]]
      : []),
    [t('model'), sheet.modelVersion],
  ]
  return {
    columns: [
      {
        width: '*',
        stack: [
          { text: sheet.productName[language], fontSize: 20, lineHeight: 1.2 },
          {
            margin: [0, 6, 0, 0],
            layout: {
              defaultBorder: false,
              paddingLeft: () => 0,
              paddingRight: () => 12,
              paddingTop: () => 1,
              paddingBottom: () => 1,
            },
            table: { body: facts.map(([name, value]): TableCell[] => [{ text: name, color: light.inkMuted }, value]) },
          },
        ],
      },
      {
        width: 120,
        stack: [
          { qr: link, fit: 80, alignment: 'right' },
          { text: t('scan'), link, fontSize: 7, color: light.link, alignment: 'right', margin: [0, 3, 0, 0] },
        ],
      },
    ],
    columnGap: 16,
  }
}

/** Total and headline figures in one row. */
function glance({ price, prices, spec }: Sheet, language: Language, t: Say): Content {
  const cells: { name: string; value: string }[] = [
    price.status === 'priced'
      ? { name: t('net'), value: formatMoney(price.net, price.currency, language) }
      : { name: t('price'), value: t(prices === 'signed-in' ? 'afterSignIn' : 'onRequest') },
    ...spec
      .filter(line => line.headline)
      .map(line => ({ name: line.name[language], value: valueText(line.value, line, language) })),
  ]
  return {
    margin: [0, 12, 0, 0],
    columns: cells.slice(0, 5).map(
      ({ name, value }, i): Column => ({
        width: i === 0 ? 'auto' : '*',
        stack: [
          { text: name, fontSize: 7.5, color: light.inkMuted },
          { text: value, fontSize: 12, bold: i === 0 },
        ],
      }),
    ),
    columnGap: 18,
  }
}

const part = (title: string, ...content: Content[]): Content[] => [
  { text: title, bold: true, fontSize: 11, margin: [0, 14, 0, 4], headlineLevel: 1 },
  ...content,
]
