import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { ProblemError } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import { getDiscovery, getDiscoveryHead, saveDiscovery, signForWechat, tryWechat } from '../core/index.ts'
import { signatureOf } from './sign-for-wechat.ts'
import { startServices } from './test-services.ts'

const services = await startServices('http://portal.test', async () => '')
afterAll(() => services.close())
const { api, request, database } = await testPortal({
  config: {
    catchDiscovery: false,
    outgoingPrivate: true,
    discoveryServices: { indexNow: services.origin, baidu: services.origin, wechat: services.origin },
  },
})
const admin = await api('admin')
const visitor = await api()
const url = 'http://portal.test/products/vmc?c=a~b&v=1'
const sign = () => visitor.call(signForWechat, { query: { url: `${url}#top` } })
const save = async (wechat: { appId: string; secret?: string }) => {
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  return admin.call(saveDiscovery, { body: { wechat }, ifMatch: etag })
}

test('the signature is the one of the example in WeChat’s own documentation', () => {
  const example = {
    ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
    nonceStr: 'Wm3WZYTPz0wzccnW',
    timestamp: 1414587457,
    url: 'http://mp.weixin.qq.com?params=value',
  }
  expect(signatureOf(example)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
})

test('until an account is set up there is no signature, and pages load nothing for WeChat', async () => {
  expect(await sign()).toEqual({ signature: null })
  expect((await visitor.call(getDiscoveryHead, {})).wechatScript).toBeNull()
  expect(services.wechat.tokens).toBe(0)
})

test('many visitors at once share one ticket, fetched once', async () => {
  await save({ appId: services.wechat.appId, secret: services.wechat.secret })
  await Promise.all(Array.from({ length: 12 }, sign))
  expect([services.wechat.tokens, services.wechat.tickets]).toEqual([1, 1])
  const { signature: signed } = await sign()
  const text = `jsapi_ticket=ticket of token-1&noncestr=${signed!.nonceStr}&timestamp=${signed!.timestamp}&url=${url}`
  expect(signed).toMatchObject({ appId: services.wechat.appId, signature: createHash('sha1').update(text).digest('hex') })
  expect(services.wechat.tickets).toBe(1)
  const { rows } = await database.pool.query('select ticket, (select wechat_secret from discovery) as secret from wechat_ticket')
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`token-1|${services.wechat.secret}`))
})

test('the script comes for good, from the portal, and loads one address of Tencent’s by the nonce of the page', async () => {
  const { wechatScript } = await visitor.call(getDiscoveryHead, {})
  const answer = await request(wechatScript!)
  expect(answer.headers.get('cache-control')).toContain('immutable')
  const text = await answer.text()
  expect(text.match(/https?:\/\/[^'"`]+/g)).toEqual(['https://res.wx.qq.com/open/js/jweixin-1.6.0.js'])
  expect(() => new Function(text)).not.toThrow()
})

test('a ticket about to end is fetched anew, and while WeChat is away the one before still signs', async () => {
  await database.pool.query(
    `update wechat_ticket set ticket_until = now() + interval '5 minutes', busy_until = now() - interval '1 minute'`,
  )
  services.answerNext.push({ status: 503, body: '' })
  expect((await sign()).signature).not.toBeNull()
  const before = services.wechat.tokens
  expect((await sign()).signature).not.toBeNull() // it is not asked again at once
  expect(services.wechat.tokens).toBe(before)
  await database.pool.query(`update wechat_ticket set busy_until = now() - interval '1 minute'`)
  expect((await sign()).signature).not.toBeNull()
  expect(services.wechat.tokens).toBe(before + 1)
  expect((await admin.call(getDiscovery, {})).wechat.failure).toBeNull()
})

test('a token that somebody else had made anew is asked for again', async () => {
  services.wechat.forgetToken()
  const answer = await admin.call(tryWechat, {})
  expect(answer).toMatchObject({ failure: null, readyUntil: expect.any(String) })
})

test('what WeChat refuses stands in its words, and the secret in none of them', async () => {
  const wrong = services.wechat.secret.replace('0', 'f')
  await save({ appId: services.wechat.appId, secret: wrong })
  const { failure } = await admin.call(tryWechat, {})
  expect(failure?.said).toBe('40125 invalid appsecret')
  expect(JSON.stringify(await admin.call(getDiscovery, {}))).not.toContain(wrong)
  const { wechat } = await save({ appId: '' })
  expect(wechat).toMatchObject({ on: false, appId: '', failure: null })
})

test('what is no account, and pages of others, are refused', async () => {
  const refused = (call: Promise<unknown>) =>
    call.catch(thrown => (thrown as ProblemError).problem.errors?.map(({ field }) => field))
  expect(await refused(save({ appId: 'gh_123', secret: 'short' }))).toEqual(['/wechat/appId', '/wechat/secret'])
  const elsewhere = { query: { url: 'https://evil.example/products' } }
  expect(await refused(visitor.call(signForWechat, elsewhere))).toEqual(['/url'])
})
