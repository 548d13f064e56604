import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { listShown } from '../core/index.ts'
import { openSite } from './site.ts'
import { keepToken, TokenMissing } from './token-keeper.ts'

/** What the portal was shown, and what it takes. */
const shown: string[] = []
const holding = new Set<string>()
const portal = createServer(({ headers }, response) => {
  const token = headers.authorization!.slice('Bearer '.length)
  shown.push(token)
  const status = holding.has(token) ? 200 : token === 'of another machine' ? 404 : 401
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(status === 200 ? { items: [], side: 'own' } : { type: '/problems/refused', title: '-', status }))
})
await new Promise<void>(resolve => portal.listen(0, '127.0.0.1', resolve))
afterAll(() => portal.close())

/** An element's site that gives this when it is asked for a token. */
function open(given: () => Promise<string>) {
  const tokens = keepToken(given)
  const address = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
  const { api } = openSite({ portal: address, language: 'en', tokens, follow: () => false })
  return { tokens, read: () => api.call(listShown, {}) }
}
const never = () => Promise.reject(new TokenMissing('none'))

test('a token that is given is taken by what is asked next, and nothing has to be opened anew for it', async () => {
  for (const token of ['first', 'second']) holding.add(token)
  const { tokens, read } = open(never)
  expect(tokens.give('first')).toBe(false)
  await read()
  expect(tokens.give('second')).toBe(false)
  await read()
  expect(shown.slice(-2)).toEqual(['first', 'second'])
})

test.each([
  ['does not hold, nor does the one that is given instead', 'expired', async () => 'expired too'],
  ['is of another machine', 'of another machine', never],
  ['is missing', null, never],
])('after a token that %s another one opens it anew, once', async (_, token, given) => {
  holding.add('good')
  const { tokens, read } = open(given)
  if (token !== null) tokens.give(token)
  await expect(read()).rejects.toThrow()
  expect(tokens.give('good')).toBe(true)
  await read()
  expect(tokens.give('good')).toBe(false)
})
