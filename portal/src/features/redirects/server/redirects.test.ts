import { expect, test } from 'vitest'
import { ProblemError } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import { checkRedirects, importRedirects, listRedirects, removeRedirect } from '../core/index.ts'

/** A portal whose only page is /products. */
const { api, request, portal } = await testPortal({
  pages: async () => ({
    pages: {
      assets: null,
      render: async ({ url }) => new Response('a page', { status: new URL(url).pathname === '/products' ? 200 : 404 }),
    },
  }),
})
const marketing = await api('marketing')
const led = async (path: string) => {
  const { status, headers } = await request(path, { redirect: 'manual' })
  return [status, headers.get('location')]
}

test('an old address leads on, is counted, and leads nowhere once it is removed', async () => {
  const outcome = await marketing.call(importRedirects, { body: { text: '/Shop/List.aspx?cat=3 /products\n/shop /products' } })
  expect(outcome).toEqual({ added: 2, changed: 0, same: 0 })
  await expect.poll(() => led('/shop/list.aspx?CAT=3')).toEqual([301, '/products'])
  expect(await led('/shop/?utm_source=baidu')).toEqual([301, '/products'])
  expect(await led('/shop/list.aspx?cat=4')).toEqual([404, null])
  const { items } = await marketing.call(listRedirects, { query: { search: 'list.aspx' } })
  expect(items).toMatchObject([{ old: '/shop/list.aspx?cat=3', target: '/products', hits: 1, lastHitAt: expect.any(String) }])
  await marketing.call(removeRedirect, { params: { redirectId: items[0]!.id } })
  await expect.poll(() => led('/shop/list.aspx?cat=3')).toEqual([404, null])
})

test('a page of the portal is never shadowed, and neither is the API', async () => {
  await marketing.call(importRedirects, { body: { text: '/products /elsewhere\n/api/v1/nothing /elsewhere\n/gone /elsewhere' } })
  await expect.poll(() => led('/gone')).toEqual([301, '/elsewhere'])
  expect(await led('/products')).toEqual([200, null])
  expect((await led('/api/v1/nothing'))[0]).toBe(404)
})

test('a list with a wrong line keeps nothing, and names the line', async () => {
  const error = await marketing.call(importRedirects, { body: { text: '/fine /products\n/ring /ring' } }).catch(thrown => thrown)
  if (!(error instanceof ProblemError)) throw new Error('The list was expected to be refused')
  expect(error.problem).toMatchObject({ status: 422, type: '/problems/redirects-invalid', errors: [{ field: '/text/2' }] })
  expect((await marketing.call(listRedirects, { query: { search: '/fine' } })).total).toBe(0)
})

test('a list that is only checked is not kept', async () => {
  expect(await marketing.call(checkRedirects, { body: { text: '/trial /products' } })).toEqual({ added: 1, changed: 0, same: 0 })
  expect((await marketing.call(listRedirects, { query: { search: '/trial' } })).total).toBe(0)
})

test('two lists at once that make a ring only together: one is refused', async () => {
  const send = (text: string) =>
    marketing.call(importRedirects, { body: { text } }).then(
      () => 'kept',
      () => 'refused',
    )
  expect((await Promise.all([send('/to-b /to-a'), send('/to-a /to-b')])).toSorted()).toEqual(['kept', 'refused'])
  await portal.settled()
})
