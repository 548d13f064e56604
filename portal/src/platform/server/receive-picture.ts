import { join } from 'node:path'
import { type IncomingFile, isPictureKind } from '#platform/core'
import { filesFolder } from './files.ts'
import { identifyFile } from './files-identify.ts'
import { type FittedPicture, fitPicture, rewritePicture } from './files-picture.ts'
import { fileRefused } from './files-refused.ts'
import { measureFile, spool, withSpool } from './files-spool.ts'
import type { Platform } from './platform.ts'
import { fileQueue, scanFile } from './receive-file.ts'

/**
 * Takes a picture in that becomes part of the portal itself: written anew like every upload, looked at by the virus scanner, and made to fit
 * a box as PNG. Nothing of the file as it came is kept. Throws file-refused for what is no PNG, JPEG or WebP, body-too-large.
 */
export function receivePicture(
  platform: Platform,
  incoming: IncomingFile,
  box: { width: number; height: number },
): Promise<FittedPicture> {
  return withSpool(filesFolder(platform.config), async folder => {
    const path = join(folder, 'given')
    await spool(incoming.content, path)
    return fileQueue.run(async () => {
      const kind = await identifyFile(path, incoming.name)
      if (!isPictureKind(kind)) throw fileRefused('no-picture')
      const { whole } = await rewritePicture(path, kind, folder)
      await scanFile(platform, await measureFile(whole))
      return fitPicture(whole, box)
    })
  })
}
