import { readManufacturer } from '#features/manufacturer/server'
import { type Language, languages, pathIn } from '#platform/core'
import { escapeHtml, notFound, type Platform, type ServerFeature, translate } from '#platform/server'
import { listPaths } from '../core/index.ts'
import { findPictureBytes } from './pictures.ts'
import { listArticles } from './show-page.ts'

/** Pictures of pages, and the feed of news: in the language of its address, or in the one the portal speaks. */
export const mountContent: ServerFeature['mount'] = (app, platform) => {
  app.get('/content/pictures/:file{[0-9a-f]{32}-\\d{1,4}\\.webp}', async context => {
    context.set('route', '/content/pictures/:picture')
    const [hash = '', width = ''] = context.req.param('file').replace('.webp', '').split('-')
    const webp = await findPictureBytes(platform.database, hash, Number(width))
    if (!webp) throw notFound({ 'zh-CN': '图片', en: 'picture' })
    return context.body(new Uint8Array(webp), 200, {
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
  for (const path of languages.map(language => pathIn(language, `${listPaths.news}/feed.xml`)))
    app.get(path, async context => {
      context.set('route', '/news/feed.xml')
      await context.get('limit')('page')
      return context.body(await newsFeed(platform, context.get('language'), context.get('origin')), 200, {
        'content-type': 'application/atom+xml; charset=utf-8',
        'cache-control': 'public, max-age=300',
      })
    })
}

/** The latest news as Atom (RFC 4287); not found while there are none, like their list. */
async function newsFeed({ database }: Platform, language: Language, origin: string): Promise<string> {
  const [maker, { items }] = await Promise.all([
    readManufacturer(database),
    listArticles(database, 'news', { page: 1, limit: 30 }),
  ])
  const [latest] = items
  if (!latest) throw notFound({ 'zh-CN': '新闻', en: 'news' })
  const address = (path: string) => escapeHtml(`${origin}${pathIn(language, path)}`)
  const self = `${address(listPaths.news)}/feed.xml`
  const at = (day: string) => `${day}T00:00:00Z`
  const entries = items.map(
    ({ path, title, summary, day }) =>
      `<entry><id>${address(path)}</id><title>${escapeHtml(title[language])}</title><link href="${address(path)}"/><updated>${at(day)}</updated><published>${at(day)}</published><summary>${escapeHtml(summary[language])}</summary></entry>`,
  )
  const title = `${maker.name[language]} · ${translate(language, 'content:public.news')}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><id>${self}</id><title>${escapeHtml(title)}</title><link rel="self" href="${self}"/><link href="${address(listPaths.news)}"/><updated>${at(latest.day)}</updated><author><name>${escapeHtml(maker.name[language])}</name></author>
${entries.join('\n')}
</feed>
`
}
