import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { readManufacturer } from '#features/manufacturer/server'
import { type LocalizedText, languages } from '#platform/core'
import { type Platform, renderPdf, translate } from '#platform/server'

/** What a label says. */
interface Label {
  maker: LocalizedText
  serial: string
  model: string
  code: string
  /** what its QR code leads to */
  address: string
}

const mm = (length: number) => (length * 72) / 25.4
const [width, height] = [mm(100), mm(50)]
const margins: [number, number, number, number] = [mm(4), mm(4), mm(4), mm(3)]
const words = { fontSize: 7, lineHeight: 1.15 }

/** 100 × 50 mm, for printers of labels. */
export const labelDocument = (label: Label): TDocumentDefinitions => ({
  info: { title: `${label.model} ${label.serial}` },
  pageSize: { width, height },
  pageMargins: margins,
  defaultStyle: words,
  content: drawing(label),
})

/** Of one document, which keeps a processor for as long as it is made. */
const mostOnSheets = 100

/** The same labels on sheets of A4, two beside and five below each other with lines to cut along: PDFs of at most a hundred labels each. */
export async function labelSheets(platform: Platform, labels: readonly Omit<Label, 'maker'>[]): Promise<Uint8Array[]> {
  const { name: maker } = await readManufacturer(platform.database)
  const documents: Uint8Array[] = []
  for (let at = 0; at < labels.length; at += mostOnSheets)
    documents.push(await renderPdf(sheets(labels.slice(at, at + mostOnSheets).map(label => ({ ...label, maker })))))
  return documents
}

const sheets = (labels: readonly Label[]): TDocumentDefinitions => ({
  pageMargins: [mm(5), mm(22), mm(5), mm(20)],
  defaultStyle: words,
  content: {
    table: {
      widths: [width, width],
      heights: height,
      dontBreakRows: true,
      body: pairs(labels).map(pair => pair.map(label => (label ? { stack: drawing(label), margin: margins } : ''))),
    },
    layout: {
      hLineWidth: () => 0.3,
      vLineWidth: () => 0.3,
      hLineColor: () => '#999999',
      vLineColor: () => '#999999',
      ...{ paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0 },
    },
  },
})

const pairs = (labels: readonly Label[]): [Label, Label | undefined][] =>
  labels.flatMap((label, at) => (at % 2 === 0 ? [[label, labels[at + 1]]] : []))

/** The QR code in the middle of the height, beside it what one reads. */
const drawing = ({ maker, serial, model, code, address }: Label): Content[] => [
  {
    columnGap: mm(4),
    columns: [
      { width: mm(36), stack: [{ qr: address, fit: mm(36), eccLevel: 'M' }] },
      {
        width: '*',
        stack: [
          { text: maker['zh-CN'], fontSize: 8, bold: true },
          { text: model, fontSize: 15, bold: true, margin: [0, mm(1.5), 0, 0] },
          { text: `S/N ${serial}`, fontSize: 10 },
          ...languages.map((language, at) => ({
            text: translate(language, 'devices:label.scan'),
            margin: [0, at === 0 ? mm(2) : 0, 0, 0] as [number, number, number, number],
          })),
        ],
      },
    ],
  },
  { text: code, fontSize: 6, characterSpacing: 0.6, margin: [0, mm(1), 0, 0], link: address },
]
