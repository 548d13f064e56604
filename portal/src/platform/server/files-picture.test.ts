import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import type { PictureKind } from '#platform/core'
import { zip } from '../../../test/zip.ts'
import { pictureInWidths, rewritePicture } from './files-picture.ts'
import { newId } from './ids.ts'

const root = mkdtempSync(join(tmpdir(), 'fettle-picture-'))
afterAll(() => rmSync(root, { recursive: true }))

const red = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c33' } })
const noise = sharp({
  create: { width: 200, height: 200, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 50 } },
})
const place = { IFD0: { Copyright: 'Wang Lei' }, IFD3: { GPSLatitude: '31/1 46/1 5/1', GPSLatitudeRef: 'N' } }

/** Paths, since nothing else is read once the loaders are switched off. */
async function rewrite(content: Buffer, kind: PictureKind) {
  const folder = join(root, newId())
  const given = join(folder, 'given')
  mkdirSync(folder)
  writeFileSync(given, content)
  return { given, ...(await rewritePicture(given, kind, folder)) }
}

const reasonFor = (content: Buffer, kind: PictureKind) =>
  rewrite(content, kind).then(
    () => 'taken',
    error => error.extensions?.reason ?? error,
  )

test.each(['jpeg', 'png', 'webp'] as const)('nothing but the picture is left of a %s: no place, no owner', async kind => {
  const { given, whole, preview } = await rewrite(await red(900, 600).withExif(place).toFormat(kind).toBuffer(), kind)
  expect((await sharp(given).metadata()).exif).toBeDefined()
  expect(readFileSync(given).includes('Wang Lei')).toBe(true)
  for (const kept of [whole, preview]) {
    const { exif, icc, xmp, iptc } = await sharp(kept).metadata()
    expect({ exif, icc, xmp, iptc }).toEqual({})
    expect(readFileSync(kept).includes('Wang Lei')).toBe(false)
  }
})

test('the small copy is WebP and at most 480 pixels long', async () => {
  const { whole, preview } = await rewrite(await red(1600, 900).png().toBuffer(), 'png')
  expect(await sharp(whole).metadata()).toMatchObject({ format: 'png', width: 1600, height: 900 })
  expect(await sharp(preview).metadata()).toMatchObject({ format: 'webp', width: 480, height: 270 })
})

test('a photo taken with the camera on its side stands upright', async () => {
  const given = await red(80, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer()
  const { width, height } = await sharp((await rewrite(given, 'jpeg')).whole).metadata()
  expect([width, height]).toEqual([40, 80])
})

test.each(['jpeg', 'png', 'webp'] as const)('what hides behind or inside a %s is gone: an archive, a page', async kind => {
  const picture = await red(64, 64)
    .withExif({ IFD0: { Copyright: '<script>alert(1)</script>' } })
    .toFormat(kind)
    .toBuffer()
  const given = Buffer.concat([picture, zip([{ name: 'hidden.exe', content: 'MZ' }])])
  const kept = readFileSync((await rewrite(given, kind)).whole)
  expect(given.includes('hidden.exe') && given.includes('<script>')).toBe(true)
  expect(kept.includes('hidden.exe') || kept.includes('<script>')).toBe(false)
})

test('a picture of very many pixels is refused before it is unpacked', async () => {
  const bomb = await sharp({
    create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  expect(await reasonFor(bomb, 'png')).toBe('picture-too-large')
})

test.each([
  ['a text', Buffer.from('not a picture')],
  ['the first half of a picture', (await noise.jpeg().toBuffer()).subarray(0, 9000)],
  ['a picture of another kind', await red(30, 30).tiff().toBuffer()],
  ['a drawing that may run', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
])('%s is refused', async (_, content) => {
  expect(await reasonFor(content, 'jpeg')).toBe('picture-broken')
})

test('a picture higher than WebP can hold becomes narrower instead of failing', async () => {
  const { whole } = await rewrite(await red(500, 20_000).png().toBuffer(), 'png')
  const { width, height, sizes } = await pictureInWidths(whole, [100, 960])
  expect([width, height, sizes.map(size => size.width)]).toEqual([409, 16_360, [100, 409]])
})
