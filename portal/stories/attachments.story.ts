import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs'
import sharp from 'sharp'
import { configurator } from './configurator.ts'
import { leadOf } from './pages.ts'
import { expect, ownAddress, test } from './portal-fixture.ts'

const drawing = { name: '夹具图纸 A3.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${'x'.repeat(300_000)}`) }
const photo = async () => ({
  name: 'IMG_2041.JPG',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#4a6076' } })
    .jpeg()
    .toBuffer(),
})

test('a visitor attaches a drawing and a photo to his inquiry, and sales downloads them', async ({ page, visit }) => {
  const email = ownAddress('attachments')
  await page.goto('/configure/machining-centre')
  await configurator(page).ask.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('选择文件').setInputFiles([drawing, await photo()])
  await expect(dialog.getByText('已上传 2 / 2 个文件')).toBeAttached()
  await dialog.getByLabel(/^邮箱/).fill(email)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  await expect(page.getByRole('link', { name: drawing.name })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'IMG_2041.JPG' }).locator('img')).toHaveJSProperty(
    'naturalWidth',
    480,
  )

  const sales = await visit({ as: 'sales' })
  await sales.goto(await leadOf(sales, email))
  await expect(sales.getByText('未扫描病毒')).toHaveCount(2) // the demo has no scanner, and says so
  const started = sales.waitForEvent('download')
  await sales.getByRole('link', { name: drawing.name }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe(drawing.name)
  expect(readFileSync(await download.path()).equals(drawing.buffer)).toBe(true)
})

test('what is wrong with a file stands beside it, and the form is not sent before that is settled', async ({
  page,
  complaints,
}, testInfo) => {
  complaints.expect(/422/)
  const film = testInfo.outputPath('film.mp4')
  closeSync(openSync(film, 'w'))
  truncateSync(film, 20_000_001)
  await page.goto('/en/configure/rotary-table')
  await configurator(page).ask.click()
  const dialog = page.getByRole('dialog')
  const choose = dialog.getByLabel('Choose files')
  const notes = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`notes: ${name}`) })
  await choose.setInputFiles([
    { name: 'drawing.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>alert(1)</script>') },
    notes('a.txt'),
  ])
  await choose.setInputFiles(film)
  await expect(dialog.getByText('HTML, SVG and XML files may carry scripts and are not taken. Save it as PDF')).toBeVisible()
  await expect(dialog.getByText('The file is larger than 20 MB. Compress or split it and choose it again.')).toBeVisible()
  await choose.setInputFiles(['b.txt', 'c.txt', 'd.txt'].map(notes))
  await expect(dialog.getByText('An inquiry takes 5 files at most; the others were not added.')).toBeVisible()

  await dialog.getByLabel(/^E-mail/).fill(ownAddress('wrong-files'))
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Send inquiry' }).click()
  await expect(dialog.getByText('A file was not uploaded. Try it again or remove it, then send.')).toBeVisible()
  for (const name of ['drawing.pdf', 'film.mp4']) {
    await dialog.getByRole('button', { name: `Remove: ${name}` }).focus()
    await page.keyboard.press('Enter')
    await expect(choose).toBeFocused()
  }
  await expect(dialog.getByText('3 of 3 files uploaded')).toBeAttached()

  // closed by mistake: what was uploaded is still there
  await page.keyboard.press('Escape')
  await configurator(page).ask.click()
  await expect(dialog.getByRole('button', { name: /^Remove: / })).toHaveCount(3)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Send inquiry' }).click()
  await expect(page.getByRole('link', { name: /^[abc]\.txt$/ })).toHaveCount(3)
})

test('an upload that is cancelled or lost is no inquiry’s, and a lost one is tried again', async ({ page, complaints }) => {
  complaints.expect(/ERR_FAILED|Failed to load/)
  await page.goto('/configure/rotary-table')
  await configurator(page).ask.click()
  const dialog = page.getByRole('dialog')
  await page.route('**/inquiry-attachments', () => {}) // never answered
  await dialog.getByLabel('选择文件').setInputFiles(drawing)
  await expect(dialog.getByRole('progressbar')).toBeVisible()
  await dialog.getByRole('button', { name: `取消: ${drawing.name}` }).click()
  await expect(dialog.getByText(drawing.name)).toHaveCount(0)

  await page.unroute('**/inquiry-attachments')
  await page.route('**/inquiry-attachments', route => route.abort(), { times: 1 })
  await dialog.getByLabel('选择文件').setInputFiles(drawing)
  await dialog.getByRole('button', { name: `重试: ${drawing.name}` }).click()
  await expect(dialog.getByText('已上传 1 / 1 个文件')).toBeAttached()
})
