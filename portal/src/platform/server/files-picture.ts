import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import type { PictureKind } from '#platform/core'
import { fileRefused } from './files-refused.ts'

const mostPixels = 100_000_000
const previewSide = 480
/** px; WebP knows no longer side */
const longestWebp = 16_383

/** Where the picture as it is kept and its small copy lie. */
export interface Picture {
  whole: string
  /** WebP */
  preview: string
}

/**
 * Writes a picture anew: only the pixels remain, turned as the camera was held. Whatever else was in the file, EXIF with the place
 * where it was taken, comments, a second file behind it, is gone. Throws file-refused for what is damaged or too large.
 */
export async function rewritePicture(path: string, kind: PictureKind, folder: string): Promise<Picture> {
  allowThreeFormats()
  const whole = join(folder, `picture.${kind}`)
  const preview = join(folder, 'picture.preview')
  const open = () =>
    sharp(path, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, pages: 1 })
      .timeout({ seconds: 30 })
      .autoOrient()
  try {
    await write[kind](open()).toFile(whole)
    await open()
      .resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toFile(preview)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    if (code) throw error // the disk, not the picture
    throw fileRefused(/pixel limit/i.test(message) ? 'picture-too-large' : 'picture-broken')
  }
  return { whole, preview }
}

/** A picture as PNG. width, height: px */
export interface FittedPicture {
  png: Buffer
  width: number
  height: number
}

/** A picture that was written anew, made small enough for a box. Never enlarged. */
export async function fitPicture(path: string, box: { width: number; height: number }): Promise<FittedPicture> {
  const { data, info } = await sharp(path, { limitInputPixels: mostPixels })
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  return { png: data, width: info.width, height: info.height }
}

/** A PNG of our own on a white ground, made small enough for a box, in few colours: for where every byte is sent again and again. */
export async function flattenPicture(png: Buffer, box: { width: number; height: number }): Promise<FittedPicture> {
  allowThreeFormats()
  const { data, info } = await sharp(png)
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 9, palette: true, colours: 128 })
    .toBuffer({ resolveWithObject: true })
  return { png: data, width: info.width, height: info.height }
}

/** A picture as WebP in several widths, the smallest first. width, height: px of the largest */
export interface PictureInWidths {
  width: number
  height: number
  sizes: { width: number; webp: Buffer }[]
}

/**
 * A picture that was written anew, in each of these widths (rising) that it fills, or in the widest it fills where that is less: its own,
 * or that in which WebP can still hold its height. Never enlarged.
 */
export async function pictureInWidths(path: string, widths: readonly number[]): Promise<PictureInWidths> {
  const open = () => sharp(path, { limitInputPixels: mostPixels })
  const { width: own, height: tall } = await open().metadata()
  const largest = Math.max(1, Math.min(own, widths.at(-1)!, Math.floor((own * longestWebp) / tall)))
  const wanted = [...new Set([...widths.filter(width => width < largest), largest])]
  const made = []
  for (const width of wanted)
    made.push(
      await open()
        .resize({ width, height: longestWebp, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true }),
    )
  const { width, height } = made.at(-1)!.info
  return { width, height, sizes: made.map(({ data, info }) => ({ width: info.width, webp: data })) }
}

const write: Record<PictureKind, (picture: Sharp) => Sharp> = {
  jpeg: picture => picture.jpeg({ quality: 90 }),
  png: picture => picture.png({ compressionLevel: 7 }),
  webp: picture => picture.webp({ quality: 90 }),
}

/** libvips reads dozens of formats, some by code that was never meant for strangers' files: all but three are switched off. */
function allowThreeFormats(): void {
  if (prepared) return
  prepared = true
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile', 'VipsForeignLoadPngBuffer'],
  })
}

let prepared = false
