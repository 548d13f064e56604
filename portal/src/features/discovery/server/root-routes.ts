import { languages, pathIn } from '#platform/core'
import { notFound, type ServerFeature } from '#platform/server'
import { isRootFilePath, typeOfRootFile } from '../core/index.ts'
import { findRootFile } from './root-files.ts'
import { readSettings } from './settings.ts'
import { pagesInFile, sitemapIndexXml, sitemapXml } from './sitemap.ts'
import { wechatScript, wechatScriptPath } from './wechat-script.ts'

/** Not for search engines: places of staff and customers, and pages behind a secret link. */
const closed = [
  ...['/console', '/account', '/inquiries', '/offers/', '/c/', '/preview/', '/sign-in', '/sign-up', '/verify', '/forgot'],
  ...['/reset', '/join', '/set-up'],
]

/** GET /robots.txt, /sitemap.xml, /sitemap-{n}.xml, the script of WeChat's cards, and the files by which engines and WeChat see whose the portal is. */
export const mountRoot: ServerFeature['mount'] = (app, platform) => {
  app.get('/robots.txt', async context => {
    context.set('route', '/robots.txt')
    const { hidden } = await readSettings(platform.database)
    return context.text(robotsText(context.get('origin'), hidden), 200, { 'cache-control': 'public, max-age=300' })
  })
  app.get('/:file{sitemap(?:-[1-9][0-9]{0,3})?\\.xml}', async context => {
    context.set('route', '/sitemap.xml')
    await context.get('limit')('page')
    if ((await readSettings(platform.database)).hidden) throw noSuchFile()
    const pages = await platform.publicPages()
    const [, part] = /-(\d+)/.exec(context.req.param('file')) ?? []
    const [origin, perFile] = [context.get('origin'), pagesInFile]
    const shown = part ? pages.slice((Number(part) - 1) * perFile, Number(part) * perFile) : pages
    if (part && (shown.length === 0 || pages.length <= perFile)) throw noSuchFile()
    const xml =
      shown.length > perFile ? sitemapIndexXml(origin, pages, perFile) : sitemapXml(origin, shown, platform.languages.offered())
    return context.body(xml, 200, {
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': 'public, max-age=300',
    })
  })
  app.get(wechatScriptPath, context => {
    context.set('route', '/wechat-card.js')
    return context.body(wechatScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
  app.get('/:file{[^/]+\\.(?:txt|html|xml)}', async (context, next) => {
    const name = context.req.param('file')
    if (!isRootFilePath(`/${name}`)) return next()
    await context.get('limit')('page')
    const content = await findRootFile(platform, name)
    if (content === null) return next()
    context.set('route', '/:verificationFile')
    return context.body(content, 200, { 'content-type': typeOfRootFile(name), 'cache-control': 'no-cache' })
  })
}

function robotsText(origin: string, hidden: boolean): string {
  if (hidden) return 'User-agent: *\nDisallow: /\n'
  const lines = closed.flatMap(path => languages.map(language => `Disallow: ${pathIn(language, path)}`))
  return ['User-agent: *', ...lines, 'Disallow: /api/', '', `Sitemap: ${origin}/sitemap.xml`, ''].join('\n')
}

const noSuchFile = () => notFound({ 'zh-CN': '文件', en: 'file' })
