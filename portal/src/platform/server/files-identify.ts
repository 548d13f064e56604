import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileKind } from '#platform/core'
import { inspectArchive } from './files-archive.ts'
import { fileRefused } from './files-refused.ts'

/**
 * What a file is, by its content; its name only tells CSV from other text. Throws file-refused for everything that is not on the
 * list of kinds, which is why a dozen signatures of our own do here: a library that knows hundreds of formats reads hostile bytes as
 * each of them.
 */
export async function identifyFile(path: string, name: string): Promise<FileKind> {
  const head = await readHead(path)
  if (head.length === 0) throw fileRefused('empty')
  const kind = bySignature(head)
  if (kind === 'archive') return inspectArchive(path)
  if (kind) return kind
  if (!(await isText(path))) throw fileRefused('unknown')
  return kindOfText(head.toString('latin1').replace(/^\xef\xbb\xbf/, ''), name)
}

const headBytes = 4096

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(headBytes) })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function bySignature(head: Buffer): FileKind | 'archive' | null {
  const starts = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text
  if (starts('%PDF-')) return 'pdf'
  if (starts('\x89PNG\r\n\x1a\n')) return 'png'
  if (starts('\xff\xd8\xff')) return 'jpeg'
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp'
  if (/^AC10\d\d\0/.test(head.toString('latin1', 0, 7))) return 'dwg'
  if (starts('AutoCAD Binary DXF\r\n\x1a\0')) return 'dxf'
  if (starts('PK\x03\x04')) return 'archive'
  if (starts('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw fileRefused('old-office')
  if (starts('ftyp', 4) && /^(heic|heix|hevc|mif1|msf1|avif)$/.test(head.toString('latin1', 8, 12))) throw fileRefused('heic')
  return null
}

/** Text in any encoding that keeps ASCII apart, GB 18030 included: nothing but what stands on a line or ends one. */
async function isText(path: string): Promise<boolean> {
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) if (piece.some(isControl)) return false
  return true
}

const allowed = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a]) // 1A ends a file of DOS, and old CAM programs still write it
const isControl = (byte: number) => (byte < 0x20 && !allowed.has(byte)) || byte === 0x7f

/** Pairs of lines, code and value: comments (999) until the first section begins. */
function isDxf(text: string): boolean {
  const lines = text.split('\n', 500).map(line => line.trim())
  let at = 0
  while (lines[at] === '' || lines[at] === '999') at += lines[at] === '' ? 1 : 2
  return lines[at] === '0' && lines[at + 1] === 'SECTION'
}

function kindOfText(text: string, name: string): FileKind {
  const start = text.trimStart()
  if (start.startsWith('ISO-10303-21;')) return 'step'
  if (isIges(text)) return 'iges'
  if (isDxf(start)) return 'dxf'
  if (start.startsWith('<') || /<(!doctype|html|svg|script|\?xml|body|iframe)\b/i.test(text)) throw fileRefused('markup')
  if (/^(#!|%!|\{\\rtf)/.test(start)) throw fileRefused('unknown') // scripts, PostScript, RTF
  return /\.csv$/i.test(name) ? 'csv' : 'text'
}

/** Lines of 80 signs, the 73rd says the section: S comes first, and lines are counted behind it. */
const isIges = (text: string) => /^[^\r\n]{72}S {0,6}0*1\s*\r?\n/.test(text)
