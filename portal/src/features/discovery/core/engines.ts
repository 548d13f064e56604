import type { LocalizedText } from '#platform/core'
import { metaTags } from './meta-tags.ts'

interface Engine {
  name: LocalizedText
  /** name of the `<meta>` that holds its code */
  tag: string
  /** where its code is given out */
  at: string
  /** what its codes look like, where that is known for sure */
  code?: RegExp
  example: string
}

/** Search engines to whom the manufacturer can show that the portal is his, in the order in which they matter to it. */
export const engines = {
  baidu: {
    name: { 'zh-CN': '百度', en: 'Baidu (百度)' },
    tag: 'baidu-site-verification',
    at: 'https://ziyuan.baidu.com/',
    example: 'codeva-A1b2C3d4E5',
  },
  bing: {
    name: { 'zh-CN': '必应', en: 'Bing' },
    tag: 'msvalidate.01',
    at: 'https://www.bing.com/webmasters/',
    code: /^[0-9A-F]{32}$/i,
    example: '0123456789ABCDEF0123456789ABCDEF',
  },
  google: {
    name: { 'zh-CN': 'Google', en: 'Google' },
    tag: 'google-site-verification',
    at: 'https://search.google.com/search-console',
    code: /^[\w-]{40,80}$/,
    example: 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde',
  },
  so360: {
    name: { 'zh-CN': '360 搜索', en: '360 Search (360 搜索)' },
    tag: '360-site-verification',
    at: 'https://zhanzhang.so.com/',
    example: '0123456789abcdef0123456789abcdef',
  },
  sogou: {
    name: { 'zh-CN': '搜狗', en: 'Sogou (搜狗)' },
    tag: 'sogou_site_verification',
    at: 'https://zhanzhang.sogou.com/',
    example: 'A1b2C3d4E5',
  },
  shenma: {
    name: { 'zh-CN': '神马', en: 'Shenma (神马)' },
    tag: 'shenma-site-verification',
    at: 'https://zhanzhang.sm.cn/',
    example: '0123456789abcdef_1700000000',
  },
  yandex: {
    name: { 'zh-CN': 'Yandex', en: 'Yandex' },
    tag: 'yandex-verification',
    at: 'https://webmaster.yandex.com/',
    example: '0123456789abcdef',
  },
} as const satisfies Record<string, Engine>

export type EngineId = keyof typeof engines
export const engineIds = Object.keys(engines) as EngineId[]
export type Codes = { [Id in EngineId]?: string | undefined }

/** Its code, or what is wrong with what was pasted. */
export type ReadCode = { status: 'code'; code: string } | { status: 'other'; engine: EngineId } | { status: 'none' }

/**
 * The code in what an administrator pasted for an engine: the code itself, the whole `<meta …>`, or `name=code` as engines show it for
 * the domain's records. A tag of another engine is told as such.
 */
export function readCode(id: EngineId, pasted: string): ReadCode {
  const { tag, content } = readTag(pasted) ?? readPair(pasted) ?? { tag: engines[id].tag, content: pasted.trim() }
  if (tag.toLowerCase() !== engines[id].tag) {
    const engine = engineIds.find(other => engines[other].tag === tag.toLowerCase())
    return engine ? { status: 'other', engine } : { status: 'none' }
  }
  const { code = /^[\w.=+/-]{4,128}$/ }: Engine = engines[id]
  return code.test(content) ? { status: 'code', code: content } : { status: 'none' }
}

function readTag(pasted: string): { tag: string; content: string } | null {
  const [first] = metaTags(pasted)
  return first ? { tag: first.get('name') ?? '', content: first.get('content')?.trim() ?? '' } : null
}

function readPair(pasted: string): { tag: string; content: string } | null {
  const [, tag, content] = /^\s*([\w.-]+)\s?[:=]\s?(\S+)\s*$/.exec(pasted) ?? []
  return tag && content && engineIds.some(id => engines[id].tag === tag.toLowerCase()) ? { tag, content } : null
}
