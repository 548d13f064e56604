import { configurator } from './configurator.ts'
import { consolePages, draftPages, publicPages } from './pages.ts'
import { expect, type Page, test } from './portal-fixture.ts'

// A page that breaks its own policy fails every story; this one provokes what the policy is there for.

const write = (page: Page, markup: string) =>
  page.evaluate(text => {
    try {
      document.body.appendChild(document.createElement('div')).innerHTML = text
      return 'written'
    } catch (error) {
      return (error as Error).name
    }
  }, markup)

test('a text that finds its way into innerHTML is refused by the browser, on every page that has scripts', async ({
  page,
  complaints,
}) => {
  complaints.expect(/TrustedHTML|Trusted Type/)
  for (const path of ['/sign-in', '/configure/machining-centre']) {
    await page.goto(path)
    expect(await write(page, '<img src=x onerror="document.title = \'run\'">')).toBe('TypeError')
    expect(await write(page, 'even a harmless word')).toBe('TypeError')
    await expect(page).not.toHaveTitle('run')
  }
})

test('an injected script, handler, style and frame do nothing', async ({ page, complaints }) => {
  complaints.expect(/Content Security Policy|Trusted Type|Trusted(HTML|Script)|Refused/)
  await page.goto('/products')
  const seen = await page.evaluate(async () => {
    const trace: string[] = []
    Object.assign(window, { trace })
    const attempt = (work: () => void) => {
      try {
        work()
      } catch {
        // refused at once
      }
    }
    const add = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => document.body.appendChild(document.createElement(tag))
    attempt(() => void Object.assign(add('script'), { text: 'trace.push("script")' }))
    attempt(() => add('script').append('trace.push("script in pieces")'))
    attempt(() => void Object.assign(add('script'), { src: 'data:text/javascript,trace.push("data")' }))
    attempt(() => {
      const link = add('a')
      link.setAttribute('onclick', 'trace.push("handler")')
      link.click()
    })
    attempt(() => {
      const link = add('a')
      link.href = 'javascript:trace.push("address")'
      link.click()
    })
    attempt(() => {
      const styled = add('p')
      styled.setAttribute('style', 'position: fixed')
      if (getComputedStyle(styled).position === 'fixed') trace.push('style')
    })
    attempt(() => void Object.assign(add('iframe'), { src: 'data:text/html,<p>frame' }))
    await new Promise(resolve => setTimeout(resolve, 200))
    return trace
  })
  expect(seen).toEqual([])
})

test('pages work under the policy: those who sell and those who buy, by link and by click, with drawings and the engine in its worker', async ({
  page,
  visit,
}) => {
  test.setTimeout(300_000) // every page there is
  for (const path of publicPages) await page.goto(path)
  await page.goto('/products')
  await page
    .getByRole('link', { name: /立式加工中心/ })
    .first()
    .click()
  await expect(page.locator('main svg').first()).toBeVisible()
  await page.goto('/configure/machining-centre')
  const { goTo, choose, total } = configurator(page)
  const before = await total()
  await goTo('spindle')
  await choose('sp12_direct')
  expect(await total()).not.toBe(before)
  const console = await visit({ as: 'admin' })
  for (const path of [...consolePages, ...(await draftPages(console))]) await console.goto(path)
})
