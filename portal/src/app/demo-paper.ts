import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { ManufacturerProfile } from '#features/manufacturer/core'
import { drawProduct, toSvg } from '#features/products/core'
import type { getProduct } from '#features/products/server'
import { formatNumber, formatUnit, type Language, type LocalizedText, light } from '#platform/core'

/** A part of a document of the demo: its heading, and what is said of each thing. */
export interface PaperText {
  title: LocalizedText
  rows: readonly (readonly [LocalizedText, LocalizedText])[]
}

export interface Paper {
  title: LocalizedText
  number: string
  version: number
  maker: ManufacturerProfile
  languages: readonly Language[]
  texts: readonly PaperText[]
  /** drawn and listed with its data where these are asked for */
  product: Awaited<ReturnType<typeof getProduct>> | null
  parts: readonly ('drawing' | 'data')[]
}

/** A document as the demo manufacturer would print it: from his model and its drawing, a section for each language. */
export function demoPaper(paper: Paper): TDocumentDefinitions {
  const { title, number, version, maker, languages } = paper
  const [first = 'zh-CN'] = languages
  return {
    info: { title: title[first], author: maker.legalName[first] },
    defaultStyle: { color: light.ink },
    footer: (page, pages) => ({
      margin: [56, 14, 56, 0],
      fontSize: 7,
      color: light.inkMuted,
      columns: [
        { text: [maker.legalName[first], maker.phone].filter(Boolean).join('  ·  ') },
        { text: `${number}  ·  V${version}  ·  ${page} / ${pages}`, alignment: 'right' },
      ],
    }),
    content: languages.map((language, at) => ({
      stack: section(paper, language),
      ...(at > 0 ? { pageBreak: 'before' as const } : {}),
    })),
  }
}

function section({ title, maker, texts, product, parts }: Paper, language: Language): Content[] {
  return [
    { text: maker.name[language], color: light.inkMuted },
    { text: title[language], fontSize: 18, lineHeight: 1.2, margin: [0, 2, 0, 10] },
    ...(product && parts.includes('drawing')
      ? [
          {
            svg: toSvg(drawProduct(product.modelId, product.selection, { dimensions: true }), { colours: light, language }),
            fit: [480, 330] as [number, number],
            alignment: 'center' as const,
            margin: [0, 0, 0, 10] as [number, number, number, number],
          },
        ]
      : []),
    ...(product && parts.includes('data') ? [table(dataOf(product, language))] : []),
    ...texts.flatMap(({ title: heading, rows }) => [
      { text: heading[language], bold: true, fontSize: 11, margin: [0, 12, 0, 4] as [number, number, number, number] },
      table(rows.map(([name, said]) => [name[language], said[language]])),
    ]),
  ]
}

const dataOf = ({ spec }: NonNullable<Paper['product']>, language: Language): string[][] =>
  spec.map(({ name, value, unit, decimals }) => [
    name[language],
    typeof value === 'number'
      ? [formatNumber(value, language, decimals), unit && formatUnit(unit, language)].filter(Boolean).join(' ')
      : value[language],
  ])

const table = (body: string[][]): Content => ({
  layout: 'lightHorizontalLines',
  table: { headerRows: 0, widths: ['*', '*'], body },
})
