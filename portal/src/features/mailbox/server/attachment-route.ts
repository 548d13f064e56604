import { permissionsBy } from '#features/accounts/core'
import { notFound, type ServerFeature } from '#platform/server'
import { getAttachment } from './read-mail.ts'

/** GET /api/v1/mail/{mailId}/attachments/{place}: the file as a download, for who may read mail. */
export const mountAttachments: ServerFeature['mount'] = (app, platform) => {
  app.get('/api/v1/mail/:mailId{[0-9a-f-]{36}}/attachments/:place{[0-9]{1,3}}', async c => {
    c.set('route', '/mail/{mailId}/attachments/{place}')
    const account = await c.get('account')()
    if (!account || !permissionsBy(account).includes('mail.read')) throw notFound({ 'zh-CN': '附件', en: 'attachment' })
    const { filename, content } = await getAttachment(platform, c.req.param('mailId'), Number(c.req.param('place')))
    return c.body(Buffer.from(content, 'base64') as Uint8Array<ArrayBuffer>, 200, {
      // a download whatever it claims to be: mail may carry anything
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="attachment"; filename*=UTF-8''${encodeURIComponent(filename)}`,
      'cache-control': 'private, no-store',
    })
  })
}
