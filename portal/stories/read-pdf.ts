import { inflateSync } from 'node:zlib'

/**
 * Number of pages and all text of a PDF as the portal writes it: plain objects, Flate streams, composite fonts with a
 * ToUnicode map. The text is without white space, since a line may end after any Chinese character.
 */
export function readPdf(bytes: Uint8Array): { pages: number; text: string } {
  const objects = readObjects(Buffer.from(bytes))
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type\s*\/Page\b/.test(dictionary))
  return { pages: pages.length, text: pages.map(page => pageText(page.dictionary, objects)).join('\n') }
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

function pageText(page: string, objects: Map<string, PdfObject>): string {
  const follow = (dictionary: string, name: string) =>
    objects.get(new RegExp(`/${name}\\s+(\\d+) 0 R`).exec(dictionary)?.[1] ?? '')
  const resources = follow(page, 'Resources')?.dictionary ?? page
  const fonts = new Map<string, Map<number, string>>()
  for (const [, name, id] of resources.matchAll(/\/(F\d+)\s+(\d+) 0 R/g)) {
    const map = follow(objects.get(id!)?.dictionary ?? '', 'ToUnicode')?.stream
    if (map) fonts.set(name!, readUnicodeMap(map.toString('latin1')))
  }
  const content = follow(page, 'Contents')?.stream?.toString('latin1') ?? ''
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
