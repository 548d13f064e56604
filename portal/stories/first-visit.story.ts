import { expect, test } from '@playwright/test'

test('a visitor meets the portal in Chinese and switches to English', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.goto('/en')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
