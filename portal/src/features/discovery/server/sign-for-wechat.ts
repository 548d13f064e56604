import { createHash, randomBytes } from 'node:crypto'
import { invalid, type Platform } from '#platform/server'
import { readyTicket } from './wechat-ticket.ts'

interface Signed {
  appId: string
  /** seconds since 1970 */
  timestamp: number
  nonceStr: string
  signature: string
}

/**
 * The signature by which WeChat lets the page at this address make its own card; null where none can be made. Fails with 422 where the
 * address is not of this portal. origins: of this portal, as it is set and as the visitor reached it
 */
export async function signForWechat(platform: Platform, url: string, origins: readonly string[]): Promise<Signed | null> {
  const page = url.replace(/#.*/s, '')
  if (!URL.canParse(page) || !origins.includes(new URL(page).origin)) throw foreignPage(url)
  const ready = await readyTicket(platform)
  if (!ready) return null
  const [timestamp, nonceStr] = [Math.floor(platform.now().getTime() / 1000), randomBytes(12).toString('hex')]
  return {
    appId: ready.appId,
    timestamp,
    nonceStr,
    signature: signatureOf({ ticket: ready.ticket, timestamp, nonceStr, url: page }),
  }
}

/** As https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html, appendix 1, demands it: by name, unescaped, SHA-1. */
export function signatureOf(of: { ticket: string; timestamp: number; nonceStr: string; url: string }): string {
  const text = `jsapi_ticket=${of.ticket}&noncestr=${of.nonceStr}&timestamp=${of.timestamp}&url=${of.url}`
  return createHash('sha1').update(text).digest('hex')
}

const foreignPage = (value: string) =>
  invalid([
    {
      field: '/url',
      value: value.slice(0, 200),
      message: { 'zh-CN': '这不是本门户的页面地址。', en: 'This is not the address of a page of this portal.' },
      remedy: {
        'zh-CN': '请给出完整的页面地址，不含 # 之后的部分。',
        en: 'Give the whole address of the page, without what stands after #.',
      },
    },
  ])
