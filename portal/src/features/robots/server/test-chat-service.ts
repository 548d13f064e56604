import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { services } from '../core/index.ts'

export interface TestChatService {
  /** with its port, as ROBOT_HOSTS takes it */
  host: string
  address(kind: 'wecom' | 'dingtalk' | 'feishu'): string
  secret: string
  /** bodies of the messages that were taken, oldest first */
  taken: { kind: string; message: Record<string, unknown> }[]
  /** the next calls are answered like this instead */
  answerNext: { status: number; body: string }[]
  close(): Promise<void>
}

/**
 * The group robots of the three services, as far as their pages describe them (see messages.ts): checks key, type of content, message
 * and signature, and refuses in their words what is wrong.
 */
export async function startChatService(): Promise<TestChatService> {
  const [key, secret] = ['a-key-of-the-test', 'SECa-secret-of-the-test']
  const taken: TestChatService['taken'] = []
  const answerNext: TestChatService['answerNext'] = []

  // biome-ignore lint/suspicious/noExplicitAny: JSON that a client sent
  const answers: Record<string, (url: URL, body: Record<string, any>) => Record<string, unknown>> = {
    [services.wecom.path]: (url, body) => {
      if (url.searchParams.get('key') !== key) return { errcode: 93000, errmsg: 'invalid webhook url' }
      if (body.msgtype !== 'markdown' || !body.markdown?.content) return { errcode: 40008, errmsg: 'invalid message type' }
      if (Buffer.byteLength(body.markdown.content) > 4096) return { errcode: 40058, errmsg: 'content exceed max length' }
      taken.push({ kind: 'wecom', message: body })
      return { errcode: 0, errmsg: 'ok' }
    },
    [services.dingtalk.path]: (url, body) => {
      const query = url.searchParams
      if (query.get('access_token') !== key) return { errcode: 300001, errmsg: 'token is not exist' }
      const timestamp = query.get('timestamp') ?? ''
      if (!(Math.abs(Date.now() - Number(timestamp)) < 3_600_000)) return { errcode: 310000, errmsg: 'invalid timestamp' }
      if (query.get('sign') !== createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'))
        return { errcode: 310000, errmsg: 'sign not match' }
      if (body.msgtype !== 'markdown' || !body.markdown?.title || !body.markdown?.text)
        return { errcode: 40035, errmsg: 'invalid parameter' }
      taken.push({ kind: 'dingtalk', message: body })
      return { errcode: 0, errmsg: 'ok' }
    },
    [`${services.feishu.path}${key}`]: (_, body) => {
      const sign = createHmac('sha256', `${body.timestamp}\n${secret}`).digest('base64')
      if (!(Math.abs(Date.now() / 1000 - Number(body.timestamp)) < 3600) || body.sign !== sign)
        return { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' }
      if (body.msg_type !== 'post' || !body.content?.post?.zh_cn?.content) return { code: 9499, msg: 'Bad Request' }
      taken.push({ kind: 'feishu', message: body })
      return { code: 0, msg: 'success', data: {} }
    },
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const url = new URL(request.url!, 'http://chat.test')
    const next = answerNext.shift()
    if (next) return response.writeHead(next.status, { 'content-type': 'application/json' }).end(next.body)
    const answer = answers[url.pathname]
    if (!answer || request.method !== 'POST') return response.writeHead(404).end('not found')
    if (!request.headers['content-type']?.startsWith('application/json')) return response.writeHead(415).end('wants JSON')
    const said = answer(url, JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    secret,
    taken,
    answerNext,
    address: kind =>
      ({
        wecom: `http://${host}${services.wecom.path}?key=${key}`,
        dingtalk: `http://${host}${services.dingtalk.path}?access_token=${key}`,
        feishu: `http://${host}${services.feishu.path}${key}`,
      })[kind],
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
