import { afterAll, expect, test } from 'vitest'
import type { ProblemError } from '#platform/core'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Channel, channels, getDiscovery, type PushView, pushAllPages, saveDiscovery } from '../core/index.ts'
import { readAnswer } from './baidu.ts'
import { readStatus } from './index-now.ts'
import { pagesChanged } from './pages-changed.ts'
import { push, untilNextDay } from './push.ts'
import { startServices } from './test-services.ts'

const services = await startServices('http://portal.test', async path => (await request(path)).text())
afterAll(() => services.close())
const portal = await testPortal({
  config: {
    catchDiscovery: false,
    outgoingPrivate: true,
    discoveryServices: { indexNow: services.origin, baidu: services.origin, wechat: services.origin },
  },
})
const { api, request, platform, database } = portal
await publishDrillStand(platform)
const admin = await api('admin')
const patient = { timeout: 20_000 }
const ofStand = ['/', '/en', '/en/products', '/en/products/drill-stand', '/products', '/products/drill-stand']

const state = () => admin.call(getDiscovery, {})
const save = async (body: Parameters<typeof admin.call<typeof saveDiscovery>>[1]['body']) => {
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  return admin.call(saveDiscovery, { body, ifMatch: etag })
}
/** Lets what waits for its minute, or for the pause before another try, begin now. */
const hurry = () =>
  database.pool.query(`update job.job set start_after = now() where name = 'discovery.push' and state in ('created', 'retry')`)
const nextPush = async (known: readonly PushView[]) => {
  await expect
    .poll(async () => {
      await hurry()
      return (await state()).pushes.length > known.length
    }, patient)
    .toBe(true)
  return (await state()).pushes[0]!
}
/** The job of a channel, begun at once. */
const pushNow = async (channel: Channel) => {
  await push.handle({ channel }, { platform, jobId: 'of the test', lastTry: false })
  return (await state()).pushes[0]!
}
const only = async (change: { indexNow: boolean; baidu: boolean }) => {
  await database.pool.query(`delete from page_to_push; delete from page_push; delete from job.job where name = 'discovery.push'`)
  services.taken.length = services.answerNext.length = services.baidu.calls.length = 0
  await save({ indexNow: { on: change.indexNow }, baiduToken: change.baidu ? services.baidu.token : '' })
}

test('nobody is told of anything until somebody is switched on', async () => {
  await publishDrillStand(platform)
  const { waiting, pushes } = await state()
  expect([waiting, pushes]).toEqual([{ 'index-now': 0, baidu: 0 }, []])
  const error = await admin.call(pushAllPages, {}).catch(thrown => thrown as ProblemError)
  expect(error).toMatchObject({ problem: { type: '/problems/nobody-to-tell' } })
})

test('many changes within a minute make one call of IndexNow, whose key stands at the root', async () => {
  await only({ indexNow: true, baidu: false })
  for (let change = 0; change < 3; change++) await publishDrillStand(platform)
  const { rows } = await database.pool.query(
    `select extract(epoch from start_after - created_on)::int as wait from job.job where name = 'discovery.push'`,
  )
  expect(rows).toEqual([{ wait: expect.closeTo(60, -1) }])
  const push = await nextPush([])
  expect(push).toMatchObject({ channel: 'index-now', outcome: 'taken', addresses: 6, said: '200' })
  expect(services.taken.map(({ addresses }) => addresses.map(address => new URL(address).pathname).toSorted())).toEqual([ofStand])
  expect((await state()).waiting['index-now']).toBe(0)
  const { keyFile } = (await state()).indexNow
  expect(await (await request(keyFile!)).text()).toBe(keyFile!.slice(1, -4))
})

test('on demand every page is told of at once', async () => {
  await only({ indexNow: true, baidu: false })
  expect(await admin.call(pushAllPages, {})).toEqual({ addresses: 10 }) // with the privacy page and the explorer
  await expect.poll(() => services.taken.map(({ addresses }) => addresses.length), patient).toEqual([10])
})

test('what another feature changes is told in the transaction of the change, or not at all', async () => {
  await only({ indexNow: true, baidu: false })
  await platform.database
    .transaction(async () => {
      await pagesChanged(platform, ['/pages/gone'])
      throw new Error('taken back')
    })
    .catch(() => {})
  expect((await state()).waiting['index-now']).toBe(0)
  expect(await pagesChanged(platform, ['/pages/about', '/pages/about'])).toBe(2)
})

test('Baidu is told of what is there, and its remaining quota is shown', async () => {
  await only({ indexNow: false, baidu: true })
  await pagesChanged(platform, ['/products/drill-stand', '/products/never-was'])
  services.baidu.quota = 100
  expect(await pushNow('baidu')).toMatchObject({
    channel: 'baidu',
    outcome: 'taken',
    addresses: 2,
    remain: 98,
    said: 'success 2, remain 98',
  })
  expect(services.taken).toEqual([
    { by: 'baidu', addresses: ['http://portal.test/en/products/drill-stand', 'http://portal.test/products/drill-stand'] },
  ])
})

test('a quota smaller than what waits is used up to the last address, and the rest waits for the next day', async () => {
  await only({ indexNow: false, baidu: true })
  services.baidu.quota = 3
  expect(await pagesChanged(platform, ['/', '/products', '/products/drill-stand', '/privacy'])).toBe(8)
  await pushNow('baidu')
  expect(services.taken.flatMap(each => each.addresses).length).toBe(3)
  expect((await state()).waiting.baidu).toBe(5)
  const { rows } = await database.pool.query(
    `select start_after > now() + interval '5 minutes' as later from job.job where name = 'discovery.push' and singleton_key = 'baidu later'`,
  )
  expect(rows).toEqual([{ later: true }])
})

test('a token that does not hold is told, tried no further, and stands in no answer or audit', async () => {
  await only({ indexNow: false, baidu: true })
  await save({ baiduToken: `http://data.zz.baidu.com/urls?site=http://portal.test&token=wrongTokenWrong1` })
  await pagesChanged(platform, ['/products'])
  expect(await pushNow('baidu')).toMatchObject({ outcome: 'refused', reason: 'token', said: '401 token is not valid' })
  expect((await state()).waiting.baidu).toBe(2)
  const audit = await database.pool.query(`select changes::text from audit_entry where action like 'discovery.%'`)
  expect(JSON.stringify([await state(), audit.rows])).not.toMatch(/wrongTokenWrong1|aB3dE6gH9jK2mN5p/)
  const { rows } = await database.pool.query(`select baidu_token from discovery`)
  expect(rows[0].baidu_token).not.toContain('wrongTokenWrong1')
})

test('an interface address of another site is refused', async () => {
  const pasted = `http://data.zz.baidu.com/urls?site=https%3A%2F%2Fother.example&token=${services.baidu.token}`
  const error = await save({ baiduToken: pasted }).catch(thrown => thrown as ProblemError)
  expect(error).toMatchObject({
    problem: { errors: [{ field: '/baiduToken', message: expect.stringContaining('other.example') }] },
  })
})

test('what failed for a while is told again until it is taken', async () => {
  await only({ indexNow: true, baidu: false })
  services.answerNext.push({ status: 429, body: 'Too Many Requests' }, { status: 503, body: '' })
  await pagesChanged(platform, ['/products'])
  const pushes = async () => {
    await hurry()
    return (await state()).pushes
  }
  await expect.poll(pushes, patient).toMatchObject([
    { outcome: 'taken', reason: null },
    { outcome: 'failed', reason: 'service' },
    { outcome: 'failed', reason: 'too-often', said: '429 Too Many Requests' },
  ])
  expect(services.taken).toHaveLength(1)
})

test('a portal hidden from engines tells nobody, and forgets what waited', async () => {
  await only({ indexNow: true, baidu: true })
  await pagesChanged(platform, ['/products'])
  await save({ hidden: true })
  expect(await pagesChanged(platform, ['/products'])).toBe(0)
  for (const channel of channels) await pushNow(channel)
  expect((await state()).waiting).toEqual({ 'index-now': 0, baidu: 0 })
  expect(services.taken).toEqual([])
  await save({ hidden: false })
  expect((await state()).waiting['index-now']).toBe(10)
})

test('every answer of the services has its meaning', () => {
  expect([200, 202, 400, 403, 422, 429, 500].map(status => readStatus(status).outcome)).toEqual([
    'taken',
    'taken',
    'refused',
    'refused',
    'refused',
    'failed',
    'failed',
  ])
  const meaning = (status: number, body: string) => {
    const { outcome, reason } = readAnswer(status, body)
    return `${outcome} ${reason}`
  }
  expect(meaning(200, '{"remain":5,"success":0,"not_same_site":["a"]}')).toBe('refused site')
  expect(meaning(200, '{"remain":5,"success":1,"not_valid":["a"]}')).toBe('taken some-left-out')
  expect(meaning(400, '{"error":400,"message":"over quota"}')).toBe('refused quota')
  expect(meaning(400, '{"error":400,"message":"site error"}')).toBe('refused site')
  expect(meaning(404, 'not found')).toBe('refused other')
  expect(meaning(500, '{"error":500,"message":"internal error, please try later"}')).toBe('failed service')
  expect(meaning(200, '<html>captive portal</html>')).toBe('failed service')
})

test('the next day begins at midnight in Beijing', () => {
  expect(untilNextDay(new Date('2026-03-01T15:59:00Z'))).toBe(11 * 60_000)
  expect(untilNextDay(new Date('2026-03-01T16:00:00Z'))).toBe(24 * 3_600_000 + 600_000)
})
