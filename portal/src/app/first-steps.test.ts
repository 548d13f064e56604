import { expect, test } from 'vitest'
import { getProfile, saveProfile } from '#features/manufacturer/core'
import { publishDrillStand } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'
import { builtPages } from './pages.ts'

const { api, platform, request } = await testPortal({ pages: async () => ({ pages: await builtPages() }) })
const console = async (as: 'admin' | 'sales') => {
  const answer = await request('/en/console', { headers: { accept: 'text/html' }, redirect: 'manual' }, as)
  return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
}

test('the console of an empty portal says what is missing, until it can sell', async () => {
  const empty = await console('admin')
  expect(empty.status).toBe(200)
  for (const words of ['First steps', 'Say who you are', 'Publish a first product', 'Invite colleagues'])
    expect(empty.html).toContain(words)

  const admin = await api('admin')
  const { value, etag } = await admin.callWithEtag(getProfile, {})
  await admin.call(saveProfile, { body: { ...value.profile, name: { 'zh-CN': '华东包装机械', en: '' } }, ifMatch: etag })
  expect((await console('admin')).html).toContain('First steps') // there is nothing to sell yet
  await publishDrillStand(platform)
  expect(await console('admin')).toMatchObject({ status: 302, to: '/en/console/leads' })
})

test('who does not set the portal up begins with his work', async () => {
  expect(await console('sales')).toMatchObject({ status: 302, to: '/en/console/leads' })
})
