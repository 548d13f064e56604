import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { FileAnswer, IncomingFile } from '#platform/core'
import { invalid } from './errors.ts'
import type { HttpEnv } from './http.ts'
import { tooLarge } from './http-body.ts'
import { platformFailure } from './http-failures.ts'

const longestName = 1000

/** The request's body as a file. Refused before anything is read where its announced length is too much, and as soon as more comes. */
export function readFileBody(c: Context<HttpEnv>, limit: number): IncomingFile {
  const name = readName(c.req.header('x-file-name'))
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge(c, limit)
  return { name, content: bounded(c, limit) }
}

async function* bounded(c: Context<HttpEnv>, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of arriving(c)) {
    bytes += piece.length
    if (bytes > limit) throw tooLarge(c, limit)
    yield piece
  }
}

async function* arriving(c: Context<HttpEnv>): AsyncGenerator<Uint8Array> {
  try {
    yield* c.req.raw.body ?? []
  } catch {
    throw platformFailure('broken-off') // nobody is there to read it, but it is no failure of ours
  }
}

function readName(header: string | undefined): string {
  if (!header) throw wrongName({ 'zh-CN': '缺少请求头 X-File-Name。', en: 'The header X-File-Name is missing.' })
  if (header.length > longestName) throw wrongName({ 'zh-CN': '文件名过长。', en: 'The file name is too long.' })
  try {
    return decodeURIComponent(header)
  } catch {
    throw wrongName({ 'zh-CN': '文件名无法解码。', en: 'The file name cannot be decoded.' })
  }
}

const wrongName = (message: { 'zh-CN': string; en: string }) =>
  invalid([
    {
      field: 'header/x-file-name',
      message,
      remedy: {
        'zh-CN': '请以 UTF-8 百分号编码发送文件名，例如 %E5%9B%BE.pdf。',
        en: 'Send the name percent-encoded in UTF-8, such as drawing%201.pdf.',
      },
    },
  ])

/**
 * A file as an answer. It is saved, never shown, unless it is a picture the portal wrote itself; its type is the one found in its content,
 * and no browser may guess another; were it opened as a page all the same, that page could do nothing.
 */
export async function sendFile(c: Context<HttpEnv>, file: FileAnswer): Promise<Response> {
  const { name, mediaType, bytes, inline = false } = file
  const content = file.content instanceof Readable ? file.content : Readable.from(file.content)
  c.header('content-type', /^text\/[^;]+$/.test(mediaType) ? `${mediaType}; charset=${await charsetOf(content)}` : mediaType)
  c.header('content-disposition', contentDisposition(name, inline))
  c.header('content-security-policy', "default-src 'none'; sandbox")
  c.header('cache-control', 'private, no-store, no-transform')
  if (bytes !== null) c.header('content-length', String(bytes))
  if (file.pieces) {
    const { tag, from, of } = file.pieces
    c.header('accept-ranges', 'bytes')
    c.header('etag', `"${tag}"`)
    if (bytes !== null && bytes < of) {
      c.status(206)
      c.header('content-range', `bytes ${from}-${from + bytes - 1}/${of}`)
    }
  }
  if (file.export) {
    c.header('x-export-id', file.export.id)
    c.header('x-export-rows', String(file.export.rows))
  }
  if (c.req.method === 'HEAD') {
    content.destroy()
    file.content.destroy() // where nothing was read yet, the wrapper does not reach it
    return c.body(null)
  }
  await file.onSend?.()
  return c.body(Readable.toWeb(content) as ReadableStream)
}

/** In what a text is written, by its beginning: what came in is UTF-8 or, as older programs save it here, GB 18030. */
async function charsetOf(content: Readable): Promise<'utf-8' | 'gb18030'> {
  await once(content, 'readable')
  const start: Buffer | null = content.read()
  if (start === null) return 'utf-8'
  content.unshift(start)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }) // a character may be cut at the end
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

/** RFC 6266: the name in ASCII for old clients, and as it is. */
export const contentDisposition = (name: string, inline = false): string =>
  `${inline ? 'inline' : 'attachment'}; filename="${name.replace(/[^\w .()-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
