import { z } from 'zod'
import type { Outgoing } from '#platform/server'
import { readJson } from './read-json.ts'

interface Account {
  /** 'https://api.weixin.qq.com' */
  service: string
  appId: string
  secret: string
}

export interface Ticket {
  ticket: string
  /** seconds it can be used */
  expiresIn: number
}

/** WeChat says no, in its own words. */
export class WechatRefused extends Error {
  readonly code: number
  constructor(code: number, said: string) {
    super(`${code} ${said}`.slice(0, 300))
    this.name = 'WechatRefused'
    this.code = code
  }
}

/**
 * The ticket that signs pages for the JS-SDK, fetched with the stable kind of access token, which leaves the tokens of the account's other
 * programs alone and is the same until it ends: it need not be kept here. Throws WechatRefused, or where WeChat cannot be reached.
 * Sources: https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html,
 * https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html appendix 1
 */
export async function fetchTicket(call: Outgoing, account: Account): Promise<Ticket> {
  try {
    return await ticketFor(call, account, await stableToken(call, account, false))
  } catch (error) {
    if (!(error instanceof WechatRefused && tokenIsNoGood.includes(error.code))) throw error
    return ticketFor(call, account, await stableToken(call, account, true)) // somebody had it made anew
  }
}

/** invalid credential, invalid token, token ended */
const tokenIsNoGood = [40001, 40014, 42001]

async function stableToken(call: Outgoing, { service, appId, secret }: Account, anew: boolean): Promise<string> {
  const answer = await call(`${service}/cgi-bin/stable_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret, force_refresh: anew }),
    mostBytes: 20_000,
  })
  return read(answer, z.object({ access_token: z.string().min(1) })).access_token
}

async function ticketFor(call: Outgoing, { service }: Account, token: string): Promise<Ticket> {
  const query = new URLSearchParams({ access_token: token, type: 'jsapi' })
  const answer = await call(`${service}/cgi-bin/ticket/getticket?${query}`, { mostBytes: 20_000 })
  const { ticket, expires_in } = read(
    answer,
    z.object({ ticket: z.string().min(1), expires_in: z.number().int().min(1).max(86_400) }),
  )
  return { ticket, expiresIn: expires_in }
}

const refusal = z.object({ errcode: z.number().int(), errmsg: z.string().catch('') })

function read<T>({ status, body }: Awaited<ReturnType<Outgoing>>, schema: z.ZodType<T>): T {
  const json = readJson(body.toString())
  const refused = refusal.safeParse(json).data
  if (refused && refused.errcode !== 0) throw new WechatRefused(refused.errcode, refused.errmsg)
  const answer = schema.safeParse(json)
  if (status !== 200 || !answer.success) throw new WechatRefused(status, 'the answer is not the one that is documented')
  return answer.data
}
