import type { ServerFeature } from '#platform/server'
import { sharePicture } from './share-picture.ts'

const kept = new Map<string, Promise<Uint8Array>>()
const keepAtMost = 100

/** GET /pictures/{slug}.png and /en/pictures/{slug}.png: what is shown where a product's link is shared. */
export const mountPictures: ServerFeature['mount'] = (app, platform) => {
  platform.live.subscribe('pages', () => kept.clear())
  for (const [path, language] of [
    ['/pictures/:file{.+\\.png}', 'zh-CN'],
    ['/en/pictures/:file{.+\\.png}', 'en'],
  ] as const)
    app.get(path, async context => {
      const slug = context.req.param('file').replace(/\.png$/, '')
      const key = `${language} ${slug}`
      if (!kept.has(key)) await context.get('limit')('page')
      const picture = await (kept.get(key) ?? keep(key, sharePicture(platform, slug, language)))
      return context.body(picture as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=3600',
      })
    })
}

/** Whoever asks while it is made waits for the same; one that could not be made is not kept. */
function keep(key: string, picture: Promise<Uint8Array>): Promise<Uint8Array> {
  if (kept.size >= keepAtMost) kept.clear()
  kept.set(key, picture)
  picture.catch(() => kept.get(key) === picture && kept.delete(key))
  return picture
}
