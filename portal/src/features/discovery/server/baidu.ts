import { z } from 'zod'
import type { Outgoing } from '#platform/server'
import type { Told } from '../core/index.ts'
import { readJson } from './read-json.ts'

interface Baidu {
  /** 'http://data.zz.baidu.com', which has no https */
  service: string
  /** as Baidu verified it: the portal's origin */
  site: string
  token: string
}

/**
 * Tells Baidu of pages by its ordinary interface (普通收录); at most 2,000 addresses. Throws where it cannot be reached.
 * Source: https://ziyuan.baidu.com/linksubmit
 */
export async function tellBaidu(call: Outgoing, { service, site, token }: Baidu, addresses: string[]): Promise<Told> {
  const query = new URLSearchParams({ site, token })
  const { status, body } = await call(`${service}/urls?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: addresses.join('\n'),
    withinMs: 20_000,
    mostBytes: 1_000_000,
  })
  return readAnswer(status, body.toString())
}

const list = z.array(z.unknown()).catch([])
const taken = z.object({
  success: z.number().int(),
  remain: z.number().int().nullable().catch(null),
  not_same_site: list,
  not_valid: list,
})
const refused = z.object({ message: z.string() })

/** What an answer of Baidu means. What is no answer of its is a failure of its own. */
export function readAnswer(status: number, text: string): Told {
  const json = readJson(text)
  const good = taken.safeParse(json)
  if (status === 200 && good.success) {
    const { success, remain, not_same_site: foreign, not_valid: broken } = good.data
    const said = [
      `success ${success}`,
      remain === null ? '' : `remain ${remain}`,
      foreign.length ? `not_same_site ${foreign.length}` : '',
      broken.length ? `not_valid ${broken.length}` : '',
    ]
    const whole = { said: said.filter(Boolean).join(', '), remain }
    if (success === 0 && foreign.length > 0) return { outcome: 'refused', reason: 'site', ...whole }
    return { outcome: 'taken', reason: foreign.length + broken.length > 0 ? 'some-left-out' : null, ...whole }
  }
  const message = refused.safeParse(json).data?.message ?? text
  const answer = { said: `${status} ${message}`.trim().slice(0, 300), remain: null }
  if (/over quota/i.test(message)) return { outcome: 'refused', reason: 'quota', ...answer, remain: 0 }
  if (/site (error|init fail)/i.test(message)) return { outcome: 'refused', reason: 'site', ...answer }
  if (status === 401 || /token is not valid/i.test(message)) return { outcome: 'refused', reason: 'token', ...answer }
  if (status === 429) return { outcome: 'failed', reason: 'too-often', ...answer }
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: 'other', ...answer }
  return { outcome: 'failed', reason: 'service', ...answer }
}
