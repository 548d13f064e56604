import { isColour, readableSignal } from '#platform/core'
import { notFound, type ServerFeature } from '#platform/server'
import { styleOf } from '../core/index.ts'
import { findPicture, stylePath } from './brand.ts'

const forever = 'public, max-age=31536000, immutable'

/** GET /brand/{colour}-{hash}.css, /brand/logo-{hash}.png and /brand/mark-{hash}.png: the manufacturer's look. Another look has other addresses. */
export const mountBrand: ServerFeature['mount'] = (app, { database }) => {
  app.get('/brand/:file{[0-9a-f]{6}-[0-9a-f]{16}\\.css}', context => {
    context.set('route', '/brand/:style')
    const file = context.req.param('file')
    const signal = `#${file.slice(0, 6)}`
    if (!isColour(signal) || stylePath(signal) !== `/brand/${file}` || readableSignal(signal) !== signal) throw noSuchFile()
    return context.body(styleOf(signal), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': forever })
  })
  app.get('/brand/:file{(?:logo|mark)-[0-9a-f]{16}\\.png}', async context => {
    context.set('route', '/brand/:picture')
    const file = context.req.param('file')
    const png = await findPicture(database, file.startsWith('logo') ? 'logo' : 'mark', file.slice(5, 21))
    if (!png) throw noSuchFile()
    return context.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'cache-control': forever })
  })
}

const noSuchFile = () => notFound({ 'zh-CN': '文件', en: 'file' })
