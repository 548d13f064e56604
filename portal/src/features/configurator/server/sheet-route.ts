import { readerOf } from '#features/products/server'
import type { ServerFeature } from '#platform/server'
import { renderSheetPdf } from './sheet-pdf.ts'

/** GET /c/{token}/sheet.pdf and /en/c/{token}/sheet.pdf: the sheet for whoever has the link. */
export const mountSheetPdf: ServerFeature['mount'] = (app, platform) => {
  for (const [path, language] of [
    ['/c/:token/sheet.pdf', 'zh-CN'],
    ['/en/c/:token/sheet.pdf', 'en'],
  ] as const)
    app.get(path, async context => {
      await context.get('limit')('export')
      const { pdf, fileName } = await renderSheetPdf(platform, context.req.param('token'), {
        language,
        reader: readerOf(await context.get('account')()),
      })
      return context.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="sheet.pdf"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'cache-control': 'private, no-cache',
        'x-robots-tag': 'noindex',
      })
    })
}
