import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Answer {
  status: number
  body: string
  /** ms before it */
  after?: number
}

export interface TestServices {
  /** 'http://127.0.0.1:1234', for each of the three */
  origin: string
  /** what was taken, oldest first */
  taken: { by: 'index-now' | 'baidu'; addresses: string[] }[]
  /** the next calls are answered like this instead */
  answerNext: Answer[]
  baidu: { token: string; site: string; quota: number; calls: number[] }
  wechat: {
    appId: string
    secret: string
    /** calls of each kind */
    tokens: number
    tickets: number
    /** the token that was given out is no good any more */
    forgetToken(): void
  }
  close(): Promise<void>
}

/**
 * IndexNow, Baidu's interface and WeChat's tickets, as far as their pages describe them (see index-now.ts, baidu.ts, wechat-api.ts):
 * check keys, content type, bounds and quota, and refuse in their words what is wrong. keyFile: reads the portal's file with the key
 */
export async function startServices(site: string, keyFile: (path: string) => Promise<string>): Promise<TestServices> {
  const baidu: TestServices['baidu'] = { token: 'aB3dE6gH9jK2mN5p', site, quota: 1000, calls: [] }
  const taken: TestServices['taken'] = []
  const answerNext: Answer[] = []
  let token = 'token-1'
  const wechat = {
    appId: 'wx0123456789abcdef',
    secret: '0123456789abcdef0123456789abcdef',
    tokens: 0,
    tickets: 0,
    forgetToken: () => {
      token = `token-${createHash('sha256').update(token).digest('hex').slice(0, 6)}`
    },
  }
  let given = token

  const answers: Record<string, (url: URL, body: string, type: string) => Promise<[number, unknown]>> = {
    'POST /indexnow': async (_, body, type) => {
      if (!type.startsWith('application/json')) return [400, 'wants JSON']
      const { host, key, keyLocation, urlList } = JSON.parse(body)
      if (!/^[\w-]{8,128}$/.test(key) || !Array.isArray(urlList) || urlList.length > 10_000) return [400, 'Invalid format']
      if (!urlList.every((address: string) => new URL(address).host === host)) return [422, 'addresses of another host']
      if ((await keyFile(new URL(keyLocation).pathname)) !== key) return [403, 'key not found in the file']
      taken.push({ by: 'index-now', addresses: urlList })
      return [200, '']
    },
    'POST /urls': async ({ searchParams }, body, type) => {
      const addresses = body.split('\n')
      baidu.calls.push(addresses.length)
      if (type !== 'text/plain') return [400, { error: 400, message: 'content type' }]
      if (searchParams.get('token') !== baidu.token) return [401, { error: 401, message: 'token is not valid' }]
      if (searchParams.get('site') !== baidu.site) return [400, { error: 400, message: 'site error' }]
      if (body === '') return [400, { error: 400, message: 'empty content' }]
      if (addresses.length > 2000) return [400, { error: 400, message: 'only 2000 urls are allowed once' }]
      if (addresses.length > baidu.quota) return [400, { error: 400, message: 'over quota' }]
      baidu.quota -= addresses.length
      taken.push({ by: 'baidu', addresses })
      return [200, { remain: baidu.quota, success: addresses.length }]
    },
    'POST /cgi-bin/stable_token': async (_, body) => {
      wechat.tokens++
      const asked = JSON.parse(body)
      if (asked.appid !== wechat.appId) return [200, { errcode: 40013, errmsg: 'invalid appid' }]
      if (asked.secret !== wechat.secret) return [200, { errcode: 40125, errmsg: 'invalid appsecret' }]
      if (asked.force_refresh) given = token
      return [200, { access_token: given, expires_in: 7200 }]
    },
    'GET /cgi-bin/ticket/getticket': async ({ searchParams }) => {
      wechat.tickets++
      if (searchParams.get('access_token') !== token) return [200, { errcode: 40001, errmsg: 'invalid credential' }]
      if (searchParams.get('type') !== 'jsapi') return [200, { errcode: 40097, errmsg: 'invalid args' }]
      return [200, { errcode: 0, errmsg: 'ok', ticket: `ticket of ${token}`, expires_in: 7200 }]
    },
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const next = answerNext.shift()
    if (next) {
      if (next.after) await new Promise(resolve => setTimeout(resolve, next.after))
      return response.writeHead(next.status).end(next.body)
    }
    const url = new URL(request.url!, 'http://services.test')
    const answer = answers[`${request.method} ${url.pathname}`]
    if (!answer) return response.writeHead(404).end('not found')
    const [status, said] = await answer(url, Buffer.concat(chunks).toString(), request.headers['content-type'] ?? '')
    response.writeHead(status).end(typeof said === 'string' ? said : JSON.stringify(said))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    answerNext,
    baidu,
    wechat,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
