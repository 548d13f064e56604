import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { boundedQueue } from './bounded-queue.ts'

const faces = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))

/** The house's Chinese face as files, for documents and pictures made here. */
export const typefaces = {
  family: 'Noto Sans SC',
  regular: join(faces, '400Regular/NotoSansSC_400Regular.ttf'),
  strong: join(faces, '500Medium/NotoSansSC_500Medium.ttf'),
}

pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(path => path.startsWith(faces))
pdfmake.setFonts({
  NotoSansSC: {
    normal: typefaces.regular,
    bold: typefaces.strong,
  },
})

/** Each takes tens of megabytes while it is made. */
export const pdfQueue = boundedQueue({ atOnce: 2, waiting: 30 })

/**
 * An A4 document with the house's Chinese face embedded (subset to its characters). Nothing is fetched from outside.
 * Throws the 503 failure where too many documents wait already.
 */
export const renderPdf = (document: TDocumentDefinitions): Promise<Uint8Array> => pdfQueue.run(() => render(document))

async function render(document: TDocumentDefinitions): Promise<Uint8Array> {
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [56, 72, 56, 64],
      ...document,
      defaultStyle: { font: 'NotoSansSC', fontSize: 9, lineHeight: 1.35, ...document.defaultStyle },
    })
    .getBuffer()
}
