import { inflateSync } from 'node:zlib'
import decodeQR from 'qr/decode.js'

/**
 * Number of pages and all text of a PDF as the portal writes it: plain objects, Flate streams, composite fonts with a
 * ToUnicode map. The text is without white space, since a line may end after any Chinese character.
 */
export function readPdf(bytes: Uint8Array): { pages: number; text: string } {
  const objects = readObjects(Buffer.from(bytes))
  const pages = pagesOf(objects)
  return { pages: pages.length, text: pages.map(page => pageText(page.dictionary, objects)).join('\n') }
}

/** What the QR code on the first page says, by its painted squares alone. Throws where none can be read. */
export function readQr(bytes: Uint8Array): string {
  const objects = readObjects(Buffer.from(bytes))
  const content = contentOf(pagesOf(objects)[0]!.dictionary, objects)
  const [width, height] = [2000, 2000]
  const data = new Uint8Array(width * height * 4).fill(255)
  const squares = /([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\s+\/DeviceRGB cs\s+([\d.]+) [\d.]+ [\d.]+ scn/g
  for (const [, ...numbers] of content.matchAll(squares)) {
    const [x, y, wide, high, red] = numbers.map(Number) as [number, number, number, number, number]
    for (let row = Math.round(2 * y); row < Math.round(2 * (y + high)); row++)
      for (let at = Math.round(2 * x); at < Math.round(2 * (x + wide)); at++)
        data.fill(255 * red, 4 * (row * width + at), 4 * (row * width + at) + 3)
  }
  return decodeQR({ width, height, data })
}

interface PdfObject {
  dictionary: string
  stream: Buffer | null
}

function readObjects(file: Buffer): Map<string, PdfObject> {
  const text = file.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n/g)) {
    const start = match.index + match[0].length
    const end = text.indexOf('endobj', start)
    const streamAt = text.indexOf('stream\n', start)
    const hasStream = streamAt > 0 && streamAt < end
    const dictionary = text.slice(start, hasStream ? streamAt : end)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0)
    const raw = hasStream ? file.subarray(streamAt + 7, streamAt + 7 + length) : null
    const stream = raw && /\/FlateDecode/.test(dictionary) && !/\/Image/.test(dictionary) ? inflateSync(raw) : raw
    objects.set(match[1]!, { dictionary, stream })
  }
  return objects
}

type Objects = Map<string, PdfObject>

const pagesOf = (objects: Objects) => [...objects.values()].filter(({ dictionary }) => /\/Type\s*\/Page\b/.test(dictionary))

const followed = (objects: Objects, dictionary: string, name: string) =>
  objects.get(new RegExp(`/${name}\\s+(\\d+) 0 R`).exec(dictionary)?.[1] ?? '')

const contentOf = (page: string, objects: Objects) => followed(objects, page, 'Contents')?.stream?.toString('latin1') ?? ''

function pageText(page: string, objects: Objects): string {
  const follow = (dictionary: string, name: string) => followed(objects, dictionary, name)
  const resources = follow(page, 'Resources')?.dictionary ?? page
  const fonts = new Map<string, Map<number, string>>()
  for (const [, name, id] of resources.matchAll(/\/(F\d+)\s+(\d+) 0 R/g)) {
    const map = follow(objects.get(id!)?.dictionary ?? '', 'ToUnicode')?.stream
    if (map) fonts.set(name!, readUnicodeMap(map.toString('latin1')))
  }
  const content = contentOf(page, objects)
  let font = new Map<number, string>()
  let said = ''
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\]) TJ/g)) {
    if (name) font = fonts.get(name) ?? font
    else
      said += `${[...shown!.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex]) => codes(hex!).map(code => font.get(code) ?? '')).join('')}`
  }
  return said.replace(/\s/g, '')
}

function readUnicodeMap(map: string): Map<number, string> {
  const meanings = new Map<number, string>()
  for (const [, first, list] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [at, [, hex]] of [...list!.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      meanings.set(Number.parseInt(first!, 16) + at, String.fromCharCode(...codes(hex!.replaceAll(' ', '')))) // a ligature has several
  return meanings
}

const codes = (hex: string) => (hex.match(/.{4}/g) ?? []).map(code => Number.parseInt(code, 16))
