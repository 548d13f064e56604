import { expect, test } from 'vitest'
import type { ProblemError } from '#platform/core'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { addRootFile, getDiscovery, getDiscoveryHead, removeRootFile, saveDiscovery } from '../core/index.ts'

const { api, request, platform, database } = await testPortal({
  pages: async () => ({ pages: { assets: null, render: async () => new Response('not here', { status: 404 }) } }),
})
await publishDrillStand(platform)
const admin = await api('admin')
const visitor = await api()

const save = async (body: Parameters<typeof admin.call<typeof saveDiscovery>>[1]['body']) => {
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  return admin.call(saveDiscovery, { body, ifMatch: etag })
}
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )
const read = async (path: string) => {
  const answer = await request(path)
  return [answer.status, answer.headers.get('content-type'), await answer.text()]
}

test('of two administrators who are the first at once, one is told of the other', async () => {
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  const both = [{ codes: { baidu: 'codeva-first' } }, { codes: { bing: '0123456789ABCDEF0123456789ABCDEF' } }]
  const answers = await Promise.allSettled(both.map(body => admin.call(saveDiscovery, { body, ifMatch: etag })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await save({ codes: { baidu: '', bing: '' } })
})

test('a whole tag, a bare code and a record of the domain all become the code that every page says', async () => {
  await save({
    codes: {
      baidu: '<meta name="baidu-site-verification" content="codeva-A1b2C3d4E5" />',
      bing: "<META content='0123456789ABCDEF0123456789ABCDEF' NAME='msvalidate.01'>",
      google: `google-site-verification=${'a'.repeat(43)}`,
      yandex: '0123456789abcdef',
    },
  })
  const { tags } = await visitor.call(getDiscoveryHead, {})
  expect(tags).toEqual([
    { name: 'baidu-site-verification', content: 'codeva-A1b2C3d4E5' },
    { name: 'msvalidate.01', content: '0123456789ABCDEF0123456789ABCDEF' },
    { name: 'google-site-verification', content: 'a'.repeat(43) },
    { name: 'yandex-verification', content: '0123456789abcdef' },
  ])
  const { codes } = await save({ codes: { bing: '', google: '', yandex: '' } })
  expect(codes).toEqual({ baidu: 'codeva-A1b2C3d4E5' })
})

test('what is no code is refused by name, and nothing of it is kept', async () => {
  const problem = await refused(
    save({
      codes: {
        sogou: '<meta name="shenma-site-verification" content="x_1">',
        bing: 'ABC',
        so360: '"><script>alert(1)</script>',
        baidu: 'codeva-new',
      },
    }),
  )
  expect(problem.errors).toMatchObject([
    {
      field: '/codes/sogou',
      message: expect.stringContaining('神马'),
      remedy: expect.stringContaining('sogou_site_verification'),
    },
    { field: '/codes/bing' },
    { field: '/codes/so360' },
  ])
  expect((await visitor.call(getDiscoveryHead, {})).tags).toEqual([
    { name: 'baidu-site-verification', content: 'codeva-A1b2C3d4E5' },
  ])
})

test('a verification file is served as it is at the root, until it is removed', async () => {
  await admin.call(addRootFile, { body: { name: 'MP_verify_Ab3dEf6hIj9l.txt', content: 'Ab3dEf6hIj9l' } })
  expect(await read('/MP_verify_Ab3dEf6hIj9l.txt')).toEqual([200, 'text/plain; charset=utf-8', 'Ab3dEf6hIj9l'])
  const xml = '<?xml version="1.0"?>\n<users>\n\t<user>0123456789ABCDEF</user>\n</users>'
  await admin.call(addRootFile, { body: { name: 'BingSiteAuth.xml', content: xml } })
  expect(await read('/BingSiteAuth.xml')).toEqual([200, 'application/xml; charset=utf-8', xml])
  await admin.call(removeRootFile, { params: { name: 'BingSiteAuth.xml' } })
  expect((await read('/BingSiteAuth.xml'))[0]).toBe(404)
  expect((await read('/en/MP_verify_Ab3dEf6hIj9l.txt'))[0]).toBe(404)
})

test('no file takes the place of what the portal says itself, and none is a page', async () => {
  for (const [name, content, field] of [
    ['robots.txt', 'User-agent: *', '/name'],
    ['sitemap.xml', 'x', '/name'],
    ['../secret.txt', 'x', '/name'],
    ['console', 'x', '/name'],
    ['products.js', 'x', '/name'],
    ['baidu_verify_1.html', '<script>alert(1)</script>', '/content'],
    ['baidu_verify_1.html', '<body onload="alert(1)">x</body>', '/content'],
    ['baidu_verify_1.html', '<body/onload=alert(1)>x</body>', '/content'],
    ['baidu_verify_1.html', '<body id="x"onload=alert(1)>x</body>', '/content'],
    ['baidu_verify_1.html', '<meta http-equiv=refresh content="0;url=https://evil.example">', '/content'],
    ['baidu_verify_1.html', '<script', '/content'],
    ['BingSiteAuth.xml', '<?xml-stylesheet href="https://evil.example"?><users/>', '/content'],
    ['empty.txt', ' ', '/content'],
  ] as const) {
    const problem = await refused(admin.call(addRootFile, { body: { name, content } }))
    expect([name, content, problem.errors?.[0]?.field]).toEqual([name, content, field])
  }
  const yandex =
    '<html>\n<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>Verification: 0123</body>\n</html>'
  await admin.call(addRootFile, { body: { name: 'yandex_0123.html', content: yandex } })
  expect(await read('/yandex_0123.html')).toEqual([200, 'text/html; charset=utf-8', yandex])
})

test('the sitemap holds each public page in both languages, with its date and picture', async () => {
  const [status, type, xml] = await read('/sitemap.xml')
  expect([status, type]).toEqual([200, 'application/xml; charset=utf-8'])
  const { rows } = await database.pool.query(`select updated_at from product where slug = 'drill-stand'`)
  const entry = (xml as string).split('\n').find(line => line.includes('<loc>http://portal.test/en/products/drill-stand</loc>'))
  expect(entry).toContain(`<lastmod>${rows[0].updated_at.toISOString()}</lastmod>`)
  expect(entry).toContain('hreflang="zh-CN" href="http://portal.test/products/drill-stand"')
  expect(entry).toContain('hreflang="x-default" href="http://portal.test/products/drill-stand"')
  expect(entry).toContain('<image:loc>http://portal.test/en/pictures/drill-stand.png</image:loc>')
  expect(xml).toContain('<loc>http://portal.test/privacy</loc>')
  expect((await read('/sitemap-1.xml'))[0]).toBe(404)
})

test('a hidden portal turns engines away, says so on every page, and comes back', async () => {
  await save({ hidden: true })
  expect((await read('/robots.txt'))[2]).toBe('User-agent: *\nDisallow: /\n')
  expect((await read('/sitemap.xml'))[0]).toBe(404)
  expect(await visitor.call(getDiscoveryHead, {})).toMatchObject({ hidden: true })
  await save({ hidden: false })
  expect((await read('/robots.txt'))[2]).toContain('Sitemap: http://portal.test/sitemap.xml')
  expect((await read('/robots.txt'))[2]).toContain('Disallow: /en/offers/')
})

test('only administrators see or change it, and who was slower is told', async () => {
  const sales = await api('sales')
  expect((await refused(sales.call(getDiscovery, {}))).status).toBe(403)
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  await save({ hidden: false })
  expect((await refused(admin.call(saveDiscovery, { body: { hidden: true }, ifMatch: etag }))).status).toBe(412)
})
