import { join } from 'node:path'
import { type IncomingFile, isPictureKind } from '#platform/core'
import { filesFolder } from './files.ts'
import { identifyFile } from './files-identify.ts'
import { type FittedPicture, fitPicture, type PictureInWidths, pictureInWidths, rewritePicture } from './files-picture.ts'
import { fileRefused } from './files-refused.ts'
import { measureFile, spool, withSpool } from './files-spool.ts'
import type { Platform } from './platform.ts'
import { fileQueue, scanFile } from './receive-file.ts'

/**
 * Takes a picture in that becomes part of the portal itself: written anew like every upload, looked at by the virus scanner, and made to fit
 * a box as PNG. Nothing of the file as it came is kept. Throws file-refused for what is no PNG, JPEG or WebP, body-too-large.
 */
export const receivePicture = (
  platform: Platform,
  incoming: IncomingFile,
  box: { width: number; height: number },
): Promise<FittedPicture> => receive(platform, incoming, whole => fitPicture(whole, box))

/** The same for a picture that pages show in the width they have for it: as WebP in each of these widths that it fills. */
export const receivePictureInWidths = (
  platform: Platform,
  incoming: IncomingFile,
  widths: readonly number[],
): Promise<PictureInWidths> => receive(platform, incoming, whole => pictureInWidths(whole, widths))

function receive<Made>(platform: Platform, incoming: IncomingFile, make: (whole: string) => Promise<Made>): Promise<Made> {
  return withSpool(filesFolder(platform.config), async folder => {
    const path = join(folder, 'given')
    await spool(incoming.content, path)
    return fileQueue.run(async () => {
      const kind = await identifyFile(path, incoming.name)
      if (!isPictureKind(kind)) throw fileRefused('no-picture')
      const { whole } = await rewritePicture(path, kind, folder)
      await scanFile(platform, await measureFile(whole))
      return make(whole)
    })
  })
}
