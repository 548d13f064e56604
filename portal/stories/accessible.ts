import axe, { type AxeResults, type RunOptions } from 'axe-core'
import { expect, type Page } from './portal-fixture.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds on the page that is open, each with the elements it is about.
 * what: all rules, or those of colours only, for a page that has been checked in other colours
 */
export async function barriers(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await page.evaluate(rest)
  const { violations } = await run(page, what === 'all' ? tags : { type: 'rule', values: ['color-contrast'] })
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(node => node.html.slice(0, 160))
    return `${id}: ${help}: ${where.join(' | ')}`
  })
}

/** Pages of the portal hold no frames, so axe runs in the page itself, which it is brought into once. */
async function run(page: Page, runOnly: RunOptions['runOnly']): Promise<AxeResults> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source)
  const options: RunOptions = { runOnly, resultTypes: ['violations'] }
  return page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)
}

/** On their way from one colour to another, elements have neither's contrast: what is on its way is there at once. */
function rest(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, *::before, *::after { transition: none !important }')
  document.adoptedStyleSheets.push(sheet)
}
