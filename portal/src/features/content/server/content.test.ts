import sharp from 'sharp'
import { expect, test } from 'vitest'
import { ProblemError } from '#platform/core'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  type Block,
  createPage,
  discardDraft,
  getMenus,
  getPage,
  listArticles,
  listPages,
  type MenuEntry,
  type PageDocument,
  type PageKind,
  previewPage,
  publishPage,
  removePage,
  restoreVersion,
  saveDraft,
  saveMenus,
  showHome,
  showMenus,
  showPage,
  unpublishPage,
  uploadPicture,
} from '../core/index.ts'
import { clearPictures } from './pictures.ts'
import { keepTimes } from './publish-page.ts'

const { api, request, platform } = await testPortal({
  pages: async () => ({ pages: { assets: null, render: async () => new Response('no page', { status: 404 }) } }),
})
const editor = await api('marketing')
const visitor = await api()

const both = (zh: string, en = zh) => ({ 'zh-CN': zh, en })
const said = (text: string): Block => ({ id: 'a', kind: 'text', values: { heading: both(''), text: both(text) } })

const newPage = async (slug: string, kind: PageKind = 'page') =>
  (await editor.call(createPage, { body: { kind, title: both(`页面 ${slug}`, ''), slug } })).pageId
const edit = async (pageId: string, change: Partial<PageDocument>) => {
  const { value, etag } = await editor.callWithEtag(getPage, { params: { pageId } })
  return editor.callWithEtag(saveDraft, {
    params: { pageId },
    body: { document: { ...value.document, ...change } },
    ifMatch: etag,
  })
}
const publish = async (pageId: string, times: { from?: string; until?: string } = {}) => {
  const { etag } = await editor.callWithEtag(getPage, { params: { pageId } })
  return editor.call(publishPage, { params: { pageId }, body: times, ifMatch: etag })
}
const written = async (slug: string, text: string, kind: PageKind = 'page') => {
  const pageId = await newPage(slug, kind)
  await edit(pageId, { blocks: [said(text)] })
  return pageId
}
const reads = async (slug: string, kind: 'page' | 'news' | 'case' = 'page') => {
  const page = await visitor.call(showPage, { params: { kind, slug } }).catch(() => null)
  const [block] = page?.document.blocks ?? []
  return block?.kind === 'text' ? block.values.text.en : null
}
const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}

test('a page is seen once it is published, and stays as it was while its draft is changed', async () => {
  const pageId = await written('about', 'first')
  expect(await reads('about')).toBeNull()
  await publish(pageId)
  expect(await reads('about')).toBe('first')
  await edit(pageId, { blocks: [said('second')] })
  expect(await reads('about')).toBe('first')
  const preview = await editor.call(previewPage, { params: { pageId } })
  expect(preview.document.blocks).toMatchObject([{ values: { text: { en: 'second' } } }])
  expect(preview.document.title.en).toBe('页面 about')
  expect((await platform.publicPages()).map(({ path }) => path)).toContain('/about')
})

test('a draft is thrown away, and a version of the past comes back', async () => {
  const pageId = await written('past', 'one')
  await publish(pageId)
  await edit(pageId, { blocks: [said('two')] })
  await publish(pageId)
  await edit(pageId, { blocks: [said('never mind')] })
  const { etag } = await editor.callWithEtag(getPage, { params: { pageId } })
  const back = await editor.callWithEtag(discardDraft, { params: { pageId }, ifMatch: etag })
  expect(back.value.changed).toBe(false)
  const [, first] = back.value.versions
  expect(back.value.versions.map(({ number, standing }) => [number, standing])).toEqual([
    [2, 'shown'],
    [1, 'past'],
  ])
  await editor.call(restoreVersion, { params: { pageId, versionId: first!.id }, ifMatch: back.etag })
  await publish(pageId)
  expect(await reads('past')).toBe('one')
})

test('of two editors the second is told, and nothing of the first is lost', async () => {
  const pageId = await newPage('two-editors')
  const { value, etag } = await editor.callWithEtag(getPage, { params: { pageId } })
  const save = (text: string) =>
    editor.call(saveDraft, {
      params: { pageId },
      body: { document: { ...value.document, blocks: [said(text)] } },
      ifMatch: etag,
    })
  await save('mine')
  expect(await refused(save('yours'))).toMatchObject({ status: 412 })
  expect((await editor.call(getPage, { params: { pageId } })).document.blocks).toMatchObject([
    { values: { text: { en: 'mine' } } },
  ])
})

test('an address belongs to one page, and never to one of the portal', async () => {
  const pageId = await written('taken', 'x')
  expect(await refused(newPage('taken'))).toMatchObject({ type: '/problems/page-address-taken', errors: [{ field: '/slug' }] })
  expect(await refused(newPage('products'))).toMatchObject({ status: 422, errors: [{ field: '/slug', value: 'products' }] })
  expect(await refused(newPage('No Slug'))).toMatchObject({ status: 422 })
  await newPage('taken', 'news') // stands elsewhere
  await publish(pageId)
  await edit(pageId, { slug: 'moved' })
  expect(await refused(newPage('taken'))).toMatchObject({ type: '/problems/page-address-taken' }) // it still stands there
})

test('who comes by the address before is led on, in both languages', async () => {
  const pageId = await written('old-name', 'x')
  await publish(pageId)
  await edit(pageId, { slug: 'new-name' })
  await publish(pageId)
  const led = async (path: string) => (await request(path, { redirect: 'manual' })).headers.get('location')
  await expect.poll(() => led('/old-name')).toBe('/new-name')
  expect(await led('/en/old-name')).toBe('/en/new-name')
  await edit(pageId, { slug: 'old-name' })
  await publish(pageId)
  await expect.poll(() => led('/new-name')).toBe('/old-name')
  expect(await led('/old-name')).toBeNull()
})

test('what is not complete is named and not published', async () => {
  const pageId = await newPage('incomplete')
  await edit(pageId, { blocks: [said('')] })
  expect(await refused(publish(pageId))).toMatchObject({
    type: '/problems/page-incomplete',
    errors: [{ field: '/blocks/0/values/text' }],
  })
})

test('a page comes and goes when its time has come, as it was then, and only once', async () => {
  const pageId = await written('fair', 'come to our stand')
  const day = (days: number) => new Date(Date.now() + days * 86_400_000)
  const waiting = await publish(pageId, { from: day(2).toISOString(), until: day(4).toISOString() })
  expect(waiting.versions).toMatchObject([{ standing: 'waiting' }])
  await edit(pageId, { blocks: [said('written later')] })
  await keepTimes(platform, day(1))
  expect(await reads('fair')).toBeNull()
  await keepTimes(platform, day(3))
  await keepTimes(platform, day(3))
  expect(await reads('fair')).toBe('come to our stand')
  const shown = await editor.call(getPage, { params: { pageId } })
  expect(shown).toMatchObject({ publishAt: null, changed: true, versions: [{ standing: 'shown' }] })
  await keepTimes(platform, day(5))
  expect(await reads('fair')).toBeNull()
  expect(await editor.call(getPage, { params: { pageId } })).toMatchObject({ shownPath: null, unpublishAt: null })
  expect(await refused(publish(pageId, { from: day(2).toISOString(), until: day(1).toISOString() }))).toMatchObject({
    errors: [{ field: '/until' }],
  })
})

test('a page whose time passed altogether while the portal stood still is never shown', async () => {
  const pageId = await written('missed', 'x')
  const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  await publish(pageId, { from: hour(1).toISOString(), until: hour(2).toISOString() })
  await keepTimes(platform, hour(3))
  expect(await reads('missed')).toBeNull()
  expect(await editor.call(getPage, { params: { pageId } })).toMatchObject({ publishAt: null, unpublishAt: null })
})

test('a page goes off the site, and only then can be removed', async () => {
  const pageId = await written('leaving', 'x')
  await publish(pageId)
  const etagOf = async () => (await editor.callWithEtag(getPage, { params: { pageId } })).etag
  expect(await refused(editor.call(removePage, { params: { pageId }, ifMatch: await etagOf() }))).toMatchObject({ status: 409 })
  await editor.call(unpublishPage, { params: { pageId }, ifMatch: await etagOf() })
  expect(await reads('leaving')).toBeNull()
  await editor.call(removePage, { params: { pageId }, ifMatch: await etagOf() })
  expect((await editor.call(listPages, { query: { search: 'leaving' } })).items).toEqual([])
})

test('pages are found by what they are called in either language and by address, and by nothing else', async () => {
  const { pageId } = await editor.call(createPage, {
    body: { kind: 'page', title: both('热处理', 'Heat Treatment'), slug: 'ovens' },
  })
  const found = async (search: string) => (await editor.call(listPages, { query: { search } })).items.map(({ id }) => id)
  for (const search of ['热处理', 'heat t', 'OVENS']) expect([search, await found(search)]).toEqual([search, [pageId]])
  for (const search of ['zh-CN', '%', '"']) expect([search, await found(search)]).toEqual([search, []])
})

test('the own home page stands once it is published', async () => {
  expect(await visitor.call(showHome, {})).toEqual({ page: null })
  await publish(await written('', 'welcome', 'home'))
  expect((await visitor.call(showHome, {})).page).toMatchObject({ path: '/', kind: 'home' })
  expect(await refused(newPage('', 'home'))).toMatchObject({ type: '/problems/page-address-taken' })
})

test('news are listed by day, and read as a feed', async () => {
  expect((await request('/en/news/feed.xml')).status).toBe(404)
  for (const [slug, day] of [
    ['spring', '2026-03-01'],
    ['autumn', '2026-10-01'],
  ] as const) {
    const pageId = await newPage(slug, 'news')
    await edit(pageId, { day, blocks: [said(slug)], summary: both('A & B') })
    await publish(pageId)
  }
  const { items, total } = await visitor.call(listArticles, { params: { kind: 'news' }, query: { limit: 1, page: 2 } })
  expect([total, items.map(({ path }) => path)]).toEqual([2, ['/news/spring']])
  const feed = await request('/en/news/feed.xml')
  expect(feed.headers.get('content-type')).toContain('application/atom+xml')
  const xml = await feed.text()
  expect(xml.indexOf('/en/news/autumn')).toBeLessThan(xml.indexOf('/en/news/spring'))
  expect(xml).toContain('<summary>A &amp; B</summary>')
})

test('a picture is written anew in several widths, served for good, and goes once nothing shows it', async () => {
  const png = await sharp({ create: { width: 1200, height: 600, channels: 3, background: '#005bac' } })
    .png()
    .toBuffer()
  const upload = (name: string, content: Uint8Array) =>
    editor.call(uploadPicture, { body: { name, content: new Blob([content as Uint8Array<ArrayBuffer>]) } })
  const [picture, twin] = await Promise.all([upload('works.png', png), upload('again.png', png)])
  expect(picture).toMatchObject({ width: 1200, height: 600, widths: [480, 960, 1200] })
  expect(twin.id).toBe(picture.id)
  const path = `/content/pictures/${picture.hash}-480.webp`
  const answer = await request(path)
  expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    'image/webp',
    'public, max-age=31536000, immutable',
  ])
  expect(await refused(upload('works.svg', Buffer.from('<svg/>')))).toMatchObject({ type: '/problems/file-refused' })

  const pageId = await newPage('pictured')
  await edit(pageId, {
    blocks: [{ id: 'p', kind: 'picture', values: { picture: { id: picture.id, alt: both('厂房') }, caption: both('') } }],
  })
  const later = new Date(Date.now() + 2 * 86_400_000)
  await clearPictures(platform, later)
  expect((await request(path)).status).toBe(200)
  await edit(pageId, { blocks: [] })
  await clearPictures(platform, later)
  expect((await request(path)).status).toBe(404)
})

test('menus lead to what is published, and a portal nobody has edited keeps its own', async () => {
  expect(await visitor.call(showMenus, {})).toEqual({ header: null, footer: null })
  await publishDrillStand(platform)
  const pageId = await written('in-menu', 'x')
  const entry = (target: MenuEntry['target'], title = both('', '')): MenuEntry => ({
    id: JSON.stringify(target).slice(0, 40),
    title,
    target,
    children: [],
  })
  const { etag } = await editor.callWithEtag(getMenus, {})
  const header = [
    entry({ kind: 'product', slug: 'drill-stand' }),
    {
      ...entry({ kind: 'nowhere' }, both('公司', 'Company')),
      children: [{ id: 'c', title: both(''), target: { kind: 'page' as const, pageId } }],
    },
    entry({ kind: 'outside', url: 'https://example.com/' }, both('集团', '')),
    entry({ kind: 'portal', path: '/cases' }), // of which there are none
  ]
  await editor.call(saveMenus, { body: { menus: { header, footer: [] } }, ifMatch: etag })
  const shown = async () =>
    (await visitor.call(showMenus, {})).header?.map(({ href, title, children }) => [href, title.en, children.length])
  expect(await shown()).toEqual([
    ['/products/drill-stand', 'Drill stand', 0],
    ['https://example.com/', '集团', 0],
  ])
  await publish(pageId)
  expect(await shown()).toEqual([
    ['/products/drill-stand', 'Drill stand', 0],
    [null, 'Company', 1],
    ['https://example.com/', '集团', 0],
  ])
  const again = await editor.callWithEtag(getMenus, {})
  const http = [entry({ kind: 'outside', url: 'http://example.com' }, both('x'))]
  expect(
    await refused(editor.call(saveMenus, { body: { menus: { header: http, footer: [] } }, ifMatch: again.etag })),
  ).toMatchObject({ status: 422, errors: [{ field: '/menus/header/0/target/url' }] })
  const group = {
    ...entry({ kind: 'nowhere' }, both('x')),
    children: [{ id: 'y', title: both('y'), target: { kind: 'nowhere' } }],
  }
  expect(
    await refused(editor.call(saveMenus, { body: { menus: { header: [group], footer: [] } }, ifMatch: again.etag })),
  ).toMatchObject({ status: 422, errors: [{ field: '/menus/header/0/children/0/target' }] })
  await editor.call(saveMenus, { body: { menus: null }, ifMatch: again.etag })
  expect(await visitor.call(showMenus, {})).toEqual({ header: null, footer: null })
})

test('who may not edit pages meets a closed door', async () => {
  for (const as of ['sales', 'customer'] as const)
    expect(await refused((await api(as)).call(listPages, {}))).toMatchObject({ status: 403 })
})
