import type { Context } from 'hono'
import { invalid } from './errors.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'

export const defaultBodyLimit = 256 * 1024

/** No honest value of this portal nests deeper, and none has more members: the largest configurations have some 80,000. */
const deepest = 100
const mostMembers = 200_000

/** The request's JSON value; undefined for an empty body. Refuses what is too large before reading it whole. */
export async function readJson(c: Context<HttpEnv>, limit: number): Promise<unknown> {
  const announced = Number(c.req.header('content-length') ?? 0)
  if (announced > limit) throw tooLarge(c, limit)
  const bytes = await readBytes(c, limit)
  if (bytes.length === 0) return undefined
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json' && !/^application\/[\w.+-]+\+json$/.test(type)) {
    throw platformFailure('unsupported-media-type', {
      'zh-CN': `此操作只接受 JSON，而内容类型为“${type.slice(0, 60) || '（无）'}”。`,
      en: `This operation accepts JSON only; the content type is "${type.slice(0, 60) || '(none)'}".`,
    })
  }
  demandBounded(bytes)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw platformFailure('malformed-json')
  }
}

async function readBytes(c: Context<HttpEnv>, limit: number): Promise<Buffer> {
  const body = c.req.raw.body
  if (!body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > limit) throw tooLarge(c, limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// The rest of the body stays unread, so the connection cannot be used again.
export function tooLarge(c: Context<HttpEnv>, limit: number) {
  c.header('connection', 'close')
  const size = limit >= 1_000_000 ? `${Math.floor(limit / 1_000_000)} MB` : `${Math.floor(limit / 1024)} KiB`
  return platformFailure(
    'body-too-large',
    { 'zh-CN': `内容超过 ${size} 上限，未被读取。`, en: `The body is larger than ${size} and was not read.` },
    { remedy: { 'zh-CN': '请减小内容后重试。', en: 'Send less and try again.' }, extensions: { limit } },
  )
}

/** Looks at the brackets and commas only, before anything is built: what is too deep or too many costs no memory and no stack. */
function demandBounded(bytes: Buffer): void {
  let depth = 0
  let members = 1
  for (let at = 0; at < bytes.length; at++) {
    const sign = bytes[at]
    if (sign === quote) at = endOfText(bytes, at)
    else if (sign === comma && ++members > mostMembers) throw unbounded(tooMany)
    else if ((sign === openList || sign === openObject) && ++depth > deepest) throw unbounded(tooDeep)
    else if (sign === closeList || sign === closeObject) depth--
  }
}

const [quote, comma, openList, closeList, openObject, closeObject, backslash] = [...Buffer.from('",[]{}\\')]

/** Index of the quote that ends the text begun at `from`; the length where none does. */
function endOfText(bytes: Buffer, from: number): number {
  for (let end = bytes.indexOf(quote!, from + 1); end >= 0; end = bytes.indexOf(quote!, end + 1)) {
    let slashes = 0
    while (bytes[end - 1 - slashes] === backslash) slashes++
    if (slashes % 2 === 0) return end
  }
  return bytes.length
}

const unbounded = (message: { 'zh-CN': string; en: string }) =>
  invalid([
    {
      field: '',
      message,
      remedy: { 'zh-CN': '请减少嵌套层次或条目数量。', en: 'Send fewer levels or fewer entries.' },
    },
  ])

const tooDeep = { 'zh-CN': `嵌套超过 ${deepest} 层。`, en: `This nests deeper than ${deepest} levels.` }
const tooMany = {
  'zh-CN': `条目超过 ${mostMembers} 个。`,
  en: `This has more than ${mostMembers} entries.`,
}
