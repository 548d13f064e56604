import sharp from 'sharp'
import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import { ProblemError } from '#platform/core'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  type BrandPictureName,
  getBrand,
  getManufacturer,
  mostPictureBytes,
  removeBrandPicture,
  saveBrand,
  uploadBrandPicture,
} from '../core/index.ts'

const { api, request, platform } = await testPortal()
const admin = await api('admin')
const visitor = await api()

const choose = async (signal: string | null) => {
  const { etag } = await admin.callWithEtag(getBrand, {})
  return admin.call(saveBrand, { body: { signal }, ifMatch: etag })
}
const upload = (name: string, content: Uint8Array | string, picture: BrandPictureName = 'logo') =>
  admin.call(uploadBrandPicture, {
    params: { picture },
    body: { name, content: new Blob([content as Uint8Array<ArrayBuffer>]) },
  })
const shown = async () => (await visitor.call(getManufacturer, {})).brand
const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 91, b: 172, alpha: 0.5 } } })

test('a portal nobody has dressed looks as it always did', async () => {
  expect(await shown()).toEqual({ style: null, logo: null, mark: null })
})

test('a colour becomes a style sheet with an address of its own, for good', async () => {
  await choose('#005BAC')
  const { style } = await shown()
  const answer = await request(style!)
  expect(answer.headers.get('content-type')).toContain('text/css')
  expect(answer.headers.get('cache-control')).toContain('immutable')
  const css = await answer.text()
  expect(css).toContain(':root:root{--signal:#005bac;')
  expect(css).toContain('prefers-color-scheme:dark')
  await choose('#00843d')
  expect((await shown()).style).not.toBe(style)
  await choose(null)
  expect((await shown()).style).toBeNull()
})

test('a colour nobody could read is refused with the nearest that can be read', async () => {
  const problem = await refused(choose('#ffff00'))
  expect(problem).toMatchObject({ status: 422, errors: [{ field: '/signal', value: '#ffff00' }] })
  const nearest = /#[0-9a-f]{6}/.exec(problem.errors![0]!.remedy!)![0]
  expect((await choose(nearest)).signal).toBe(nearest)
})

test.each(['blue', '#12', '#12345g', 'red;}body{display:none', ''])('%j is no colour', async colour => {
  expect((await refused(choose(colour))).errors?.[0]).toMatchObject({ field: '/signal' })
})

test('no style sheet is made of an address that names none', async () => {
  for (const path of [
    '/brand/ffff00-0123456789abcdef.css',
    '/brand/005bac-0123456789abcdef.css',
    '/brand/x.css',
    '/brand/logo-0123456789abcdef.png',
  ])
    expect((await request(path)).status).toBe(404)
})

test('a logo is written anew, made to fit, shown and taken away', async () => {
  const given = await picture(3000, 1000)
    .withExif({ IFD0: { Copyright: 'where it was taken' } })
    .jpeg()
    .toBuffer()
  const { logo } = await upload('our logo.jpg', given)
  expect(logo).toMatchObject({ width: 540, height: 180 })
  const answer = await request(logo!.path)
  expect(answer.headers.get('content-type')).toBe('image/png')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([540, 180])
  expect(bytes.includes('where it was taken')).toBe(false)
  const { mark } = await upload('mark.webp', await picture(400, 400).webp().toBuffer(), 'mark')
  expect(mark).toMatchObject({ width: 256, height: 256 })
  await admin.call(removeBrandPicture, { params: { picture: 'logo' } })
  expect(await shown()).toMatchObject({ logo: null, mark })
  expect((await request(logo!.path)).status).toBe(404)
})

test.each([
  ['an SVG', 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['an SVG by another name', 'logo.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a PDF', 'logo.pdf', '%PDF-1.7'],
  ['half a PNG', 'logo.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['nothing', 'logo.png', ''],
])('%s is no logo, and says what to do', async (_, name, content) => {
  const before = await shown()
  const problem = await refused(upload(name, content))
  expect(problem).toMatchObject({ type: '/problems/file-refused' })
  expect(problem.remedy).toBeTruthy()
  expect(await shown()).toEqual(before)
})

test('a file of forty megabytes is refused by its size', async () => {
  const problem = await refused(upload('huge.png', Buffer.alloc(4 * mostPictureBytes)))
  expect(problem.status).toBe(413)
  expect(problem.remedy).toBeTruthy()
})

test('of two who choose at once the second is told, and only administrators choose', async () => {
  const { etag } = await admin.callWithEtag(getBrand, {})
  await admin.call(saveBrand, { body: { signal: '#c8102e' }, ifMatch: etag })
  expect((await refused(admin.call(saveBrand, { body: { signal: null }, ifMatch: etag }))).status).toBe(412)
  const sales = await api('sales')
  expect((await refused(sales.call(getBrand, {}))).status).toBe(403)
  expect((await refused(sales.call(removeBrandPicture, { params: { picture: 'logo' } }))).status).toBe(403)
})

test('documents and shared pictures are made in the new look, and the audit log has the change', async () => {
  await publishDrillStand(platform)
  await upload('logo.png', await picture(300, 100).png().toBuffer())
  expect((await request('/pictures/drill-stand.png')).status).toBe(200)
  const { items } = await admin.call(listAuditEntries, { query: { action: 'brand.changed' } })
  expect(items[0]).toMatchObject({ target: { kind: 'brand' }, outcome: 'done' })
})
