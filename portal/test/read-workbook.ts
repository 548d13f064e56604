import { text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

/** A cell as the file says it, not as the library that wrote it would. */
export interface ReadCell {
  type: 'text' | 'number'
  value: string
  formula: boolean
  /** ECMA-376 number format */
  format: string
}

export interface ReadWorkbook {
  /** XML of the parts by name */
  parts: Map<string, string>
  sheetNames: string[]
  /** of the first sheet: rows that stay in sight, and widths of columns in characters */
  frozenRows: number
  widths: number[]
  /** of the first sheet; null: no cell there */
  rows: (ReadCell | null)[][]
}

/** Reads a workbook of inline texts (ECMA-376) from its parts, to see what a writer really wrote. */
export async function readWorkbook(bytes: Buffer): Promise<ReadWorkbook> {
  const parts = await unzip(bytes)
  const formats = readFormats(parts.get('xl/styles.xml')!)
  const sheet = parts.get('xl/worksheets/sheet1.xml')!
  const rows = elements(sheet, 'row').map(row => {
    const cells: (ReadCell | null)[] = []
    for (const { attributes, inner } of elements(row.inner, 'c')) {
      const column = [...attributes.r!.replace(/\d+/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      while (cells.length < column) cells.push(null)
      const type = attributes.t === 'inlineStr' ? 'text' : 'number'
      const [value] = elements(inner, type === 'text' ? 't' : 'v')
      const formula = attributes.t === 'str' || /<f[\s/>]/.test(inner)
      cells.push(value ? { type, value: decode(value.inner), formula, format: formats[Number(attributes.s ?? 0)]! } : null)
    }
    return cells
  })
  const sheetNames = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => decode(name!))
  const pane = elements(sheet, 'pane').find(({ attributes }) => attributes.state === 'frozen')
  const widths = elements(sheet, 'col').map(({ attributes }) => Math.round(Number(attributes.width)))
  return { parts, sheetNames, frozenRows: Number(pane?.attributes.ySplit ?? 0), widths, rows }
}

async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const archive = await fromBufferPromise(bytes)
  const parts = new Map<string, string>()
  for await (const entry of archive.eachEntry()) parts.set(entry.fileName, await text(await archive.openReadStreamPromise(entry)))
  return parts
}

function elements(xml: string, name: string): { attributes: Record<string, string>; inner: string }[] {
  const found = xml.matchAll(new RegExp(`<${name}((?:\\s[^>]*?)?)(?:/>|>([\\s\\S]*?)</${name}>)`, 'g'))
  return [...found].map(([, attributes = '', inner = '']) => ({
    attributes: Object.fromEntries([...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!])),
    inner,
  }))
}

function readFormats(styles: string): string[] {
  const builtIn: Record<string, string> = { 0: 'General', 1: '0', 4: '#,##0.00', 49: '@' }
  const own = Object.fromEntries(
    elements(styles, 'numFmt').map(({ attributes }) => [attributes.numFmtId!, decode(attributes.formatCode!)]),
  )
  const [used] = elements(styles, 'cellXfs')
  return elements(used!.inner, 'xf').map(({ attributes: { numFmtId = '0' } }) => own[numFmtId] ?? builtIn[numFmtId] ?? numFmtId)
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML's own escapes and line ends, then those of ST_Xstring. */
const decode = (xml: string): string =>
  xml
    .replace(/\r\n?/g, '\n')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, decimal?: string, hex?: string, name?: string) =>
      name ? entities[name]! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
