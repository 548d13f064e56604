import { createHmac } from 'node:crypto'
import type { RobotKind } from '../core/index.ts'

/** What a robot writes: a heading, lines below it, and a link. */
export interface Message {
  title: string
  lines: readonly string[]
  link: { text: string; url: string }
}

interface Robot {
  kind: RobotKind
  address: string
  /** null: messages are not signed */
  secret: string | null
}

/**
 * The call that makes a robot write, in the words of its service.
 * Sources: WeCom https://developer.work.weixin.qq.com/document/path/91770, DingTalk
 * https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages, Feishu
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function robotCall({ kind, address, secret }: Robot, message: Message, now: Date): { url: string; body: string } {
  switch (kind) {
    case 'wecom':
      return { url: address, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown(message, '###') } }) }
    case 'dingtalk':
      return {
        url: secret ? signedAddress(address, secret, now) : address,
        body: JSON.stringify({ msgtype: 'markdown', markdown: { title: message.title, text: markdown(message, '####') } }),
      }
    case 'feishu':
      return {
        url: address,
        body: JSON.stringify({
          ...(secret ? feishuSign(secret, now) : {}),
          msg_type: 'post',
          content: { post: { zh_cn: feishuPost(message) } },
        }),
      }
  }
}

/** What the service says: null where it has taken the message, else its words. */
export function refusalIn(kind: RobotKind, status: number, body: string): string | null {
  const said = parsed(body)
  const code = kind === 'feishu' ? (said?.code ?? said?.StatusCode) : said?.errcode
  if (status === 200 && code === 0) return null
  const words = kind === 'feishu' ? said?.msg : said?.errmsg
  return `${status}${code === undefined ? '' : ` ${code}`}: ${String(words ?? body).slice(0, 300)}`
}

const markdown = ({ title, lines, link }: Message, heading: string): string =>
  [`${heading} ${plain(title)}`, ...lines.map(plain), `[${plain(link.text)}](${link.url})`].join('\n\n')

/** Without what Markdown would read as something else: a product may be named by whoever imported it. */
const plain = (text: string): string => text.replace(/[\\`*_[\]()<>#~|]/g, '\\$&').replace(/\s+/g, ' ')

/** DingTalk: milliseconds and HMAC-SHA-256 of "timestamp\nsecret" under the secret, both in the address. */
function signedAddress(address: string, secret: string, now: Date): string {
  const timestamp = String(now.getTime())
  const url = new URL(address)
  url.searchParams.set('timestamp', timestamp)
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'))
  return url.href
}

/** Feishu: seconds and HMAC-SHA-256 of nothing under "timestamp\nsecret", both in the body. */
function feishuSign(secret: string, now: Date): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') }
}

const feishuPost = ({ title, lines, link }: Message) => ({
  title,
  content: [...lines.map(text => [{ tag: 'text', text }]), [{ tag: 'a', text: link.text, href: link.url }]],
})

function parsed(body: string): Record<string, unknown> | null {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
