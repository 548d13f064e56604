import { barriers } from './accessible.ts'
import { expect, type Page, phone, test } from './portal-fixture.ts'

const lamp = `features
  Lamp
    mandatory
      Light
        alternative
          LED
          Halogen
    optional
      Battery
      Dimmer
constraints
  Battery => LED
  Dimmer => Halogen
`

/** What one sees and does on the page, by the ids of the model. */
function explorer(page: Page) {
  const line = (id: string) => page.locator(`[role=treeitem][data-id="${id}"]`)
  const wish = (id: string, wished: string) => line(id).locator(`[data-wish=${wished}]`).click()
  return {
    line,
    choose: (id: string) => wish(id, 'chosen'),
    refuse: (id: string) => wish(id, 'refused'),
    stands: (id: string, state: string) => expect(line(id)).toHaveAttribute('data-state', state),
    variants: page.locator('[data-variants] b'),
    open: (name: string, text: string) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }),
  }
}

test('a file of one’s own is clicked through, with reasons and repairs, and nothing of it is sent', async ({ page }) => {
  const sent: string[] = []
  await page.goto('/en/explorer')
  await page.waitForLoadState('networkidle')
  page.on('request', request => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`)
    if (/Halogen|lamp/.test(request.url())) sent.push(request.url())
  })
  const { open, choose, refuse, stands, line, variants } = explorer(page)
  await open('lamp.uvl', lamp)
  await expect(variants).toHaveText('4')

  await choose('Halogen')
  await stands('LED', 'excluded')
  await stands('Battery', 'excluded')
  await stands('Dimmer', 'free')
  await expect(variants).toHaveText('2')

  await choose('Battery') // it cannot be: it is said why, and how
  await stands('Battery', 'excluded')
  const why = page.locator('[data-why=Battery]')
  await expect(why.locator('[data-because]')).toHaveText('Halogen')
  await expect(why.locator('[data-rules] li')).not.toHaveCount(0)
  await why.locator('[data-way]').first().click()
  await stands('Battery', 'chosen')
  await stands('LED', 'forced')

  await page.getByRole('button', { name: 'Undo' }).click()
  await stands('Halogen', 'chosen')
  await page.getByRole('button', { name: 'Redo' }).click()
  await stands('Battery', 'chosen')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(variants).toHaveText('4')

  await line('LED').focus()
  await page.keyboard.press('-')
  await stands('LED', 'refused')
  await stands('Halogen', 'forced')
  await page.keyboard.press('ArrowDown')
  await expect(line('Halogen')).toBeFocused()
  await refuse('LED') // taken back
  await stands('LED', 'free')
  expect(sent).toEqual([])
})

test('a broken file says where, and another one can be opened', async ({ page }) => {
  await page.goto('/explorer')
  const { open, stands } = explorer(page)
  await open('lamp.uvl', lamp.replace('=> LED', '=> => LED'))
  await expect(page.getByRole('alert')).toContainText('12:14')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: '打开另一个文件' }).click()
  await open('lamp.uvl', `${lamp}  Light => Battery & Dimmer\n`)
  await expect(page.getByRole('alert')).toContainText('line-14')
  await page.getByRole('button', { name: '打开另一个文件' }).click()
  await open('lamp.uvl', lamp)
  await stands('LED', 'free')
})

test('ten thousand options are found at once, and only those in sight are there', async ({ page }) => {
  await page.goto('/en/explorer')
  await page.getByRole('button', { name: '10,000 options' }).click()
  const { line, choose, stands } = explorer(page)
  await expect(page.getByRole('tree')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Expand all' }).click()
  expect(await page.getByRole('treeitem').count()).toBeLessThan(80)
  await page.getByLabel('Find an option').fill('Part1234')
  await expect(line('Part1234B')).toBeVisible()
  await choose('Part1234B')
  await stands('Part1234B', 'chosen')
  await stands('Part1234C', 'excluded')
  await expect(page.getByText(/last click [\d.,]+ ms/)).toBeVisible()
})

for (const [name, device] of [
  ['a desk', {}],
  ['a phone', phone],
] as const)
  test(`numbers and choices of an example are set on ${name}, without barriers in light and dark`, async ({ visit }) => {
    const page = await visit(device)
    await page.goto('/explorer')
    await page.getByRole('button', { name: '书架（COOM）' }).click()
    const { line, choose, stands } = explorer(page)
    await line('load').click()
    const form = page.locator('[data-detail=load] form')
    await form.getByRole('textbox').fill('55')
    await form.getByRole('button', { name: '设定' }).click()
    await expect(page.getByText(/load 55/)).toBeVisible()
    await choose('doors = Glass')
    await stands('frame.wood = Pine', 'excluded')
    await line('frame.wood = Pine').click()
    await expect(page.locator('[data-way]').first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await barriers(page, 'colours')).toEqual([])
  })

test('the page stands beside the reference of the API', async ({ page }) => {
  await page.goto('/api/docs?lang=en')
  await page.getByRole('link', { name: 'Model explorer' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Model explorer')
})
