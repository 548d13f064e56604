import { renderAsync } from '@resvg/resvg-js'
import { boundedQueue } from './bounded-queue.ts'
import { typefaces } from './pdf.ts'

/** Each takes a tenth of a second of a core. */
export const pictureQueue = boundedQueue({ atOnce: 2, waiting: 30 })

/** A drawing as PNG, in the house's face, made beside the event loop. Throws the 503 failure where too many pictures wait already. */
export const renderPicture = (svg: string): Promise<Uint8Array> =>
  pictureQueue.run(async () => {
    const fonts = { fontFiles: [typefaces.regular, typefaces.strong], loadSystemFonts: false }
    return (await renderAsync(svg, { font: fonts })).asPng()
  })
