import { answers, expect, type Page } from './portal-fixture.ts'

/** What a visitor does and sees in the configurator, by the names the model has. */
export function configurator(page: Page) {
  const option = (id: string) => page.locator(`[data-option="${id}"]`)
  const total = page.locator('[data-total]')
  return {
    option,
    standing: (id: string) => expect(option(id), `how ${id} stands`),
    /** Opens a step by its group's id. */
    goTo: async (step: string) => {
      const button = page.locator(`[data-step="${step}"]`)
      await answers(page)
      await button.click()
      await expect(button).toHaveAttribute('aria-current', 'step')
    },
    /** Opens the step that has the option. */
    find: async (id: string) => {
      await expect(page.locator('[data-step]').first()).toBeVisible()
      for (const step of await page.locator('[data-step]').all()) {
        if (await option(id).isVisible()) return
        await step.click()
        await expect(step).toHaveAttribute('aria-current', 'step')
      }
      await expect(option(id)).toBeVisible()
    },
    choose: async (id: string) => {
      await option(id).locator('input').first().check({ force: true })
      await expect(option(id)).toHaveAttribute('data-standing', /chosen|forced/)
    },
    /** What followed from the last choice. */
    changes: page.locator('[data-changes]'),
    repair: (id: string) => page.locator(`[data-repair="${id}"]`).first(),
    undo: page.getByRole('button', { name: /^(撤销|Undo)$/ }).first(),
    redo: page.getByRole('button', { name: /^(重做|Redo)$/ }),
    /** The machine on the stage: its parts can be pressed. */
    drawing: page.locator('[data-stage] svg'),
    ask: page.getByRole('button', { name: /^(获取报价|Ask for an offer)$/ }),
    save: page.locator('[data-summary]').getByRole('button', { name: /^(保存配置|Save)$/ }),
    /** Net price in minor units, from the page. */
    total: async () => Number(await total.first().getAttribute('data-total')),
    expectTotal: (net: number) => expect(total.first()).toHaveAttribute('data-total', String(net)),
    state: async () => ({ total: await total.first().getAttribute('data-total'), taken: await taken(page) }),
  }
}

/** Everything that is part of the configuration in the step on show. */
const taken = (page: Page) =>
  page
    .locator('[data-standing=chosen],[data-standing=standard],[data-standing=forced]')
    .evaluateAll(cards => cards.map(card => card.getAttribute('data-option')))

/** The inquiry's form, filled in and sent. */
export async function sendInquiry(
  page: Page,
  { email, company, message }: { email: string; company?: string; message?: string },
): Promise<void> {
  const form = page.getByRole('dialog').locator('form')
  await form.getByLabel(/^(邮箱|E-mail)/).fill(email)
  if (company) await form.getByLabel(/^(公司|Company)/).fill(company)
  if (message) await form.getByLabel(/^(留言|Message)/).fill(message)
  await form.getByRole('checkbox').check()
  await form.getByRole('button', { name: /^(发送询价|Send inquiry)$/ }).click()
}
