import sharp from 'sharp'
import { barriers } from './accessible.ts'
import { expect, test } from './portal-fixture.ts'

test('an editor writes a page, previews and publishes it, puts it into the menu, and a visitor reads it on a phone', async ({
  visit,
  page: stranger,
  complaints,
}) => {
  complaints.expect(/status of 422/) // of what is published before it is complete
  const marketing = await visit({ as: 'marketing' })
  const slug = `story-${String(Math.random()).slice(2, 10)}`
  const title = `热处理车间 ${slug}`

  await test.step('a page of three blocks', async () => {
    await marketing.goto('/console/pages')
    await marketing.getByRole('button', { name: '新建页面' }).click()
    const dialog = marketing.getByRole('dialog')
    await dialog.locator('input[name="title.zh-CN"]').fill(title)
    await dialog.locator('input[name="slug"]').fill(slug)
    await dialog.getByRole('button', { name: '创建并编辑' }).click()
    await expect(marketing).toHaveURL(/\/console\/pages\/[\w-]{36}$/)
    await marketing.getByRole('button', { name: '标题与文字' }).click()
    await marketing
      .locator('textarea[name="blocks.0.values.text.zh-CN"]')
      .fill('**渗碳**与淬火：\n\n- 箱式炉\n- [看产品](/products)')
    await marketing.getByRole('button', { name: '图片', exact: true }).click()
    const png = await sharp({ create: { width: 1000, height: 500, channels: 3, background: '#005bac' } })
      .png()
      .toBuffer()
    const block = marketing.locator('[data-block]').nth(1)
    await block.getByLabel('上传图片').setInputFiles({ name: 'oven.png', mimeType: 'image/png', buffer: png })
    await block.locator('input[name="blocks.1.values.picture.alt.zh-CN"]').fill('箱式炉')
    await marketing.getByRole('button', { name: '常见问题' }).click()
    await marketing.locator('input[name$="questions.0.question.zh-CN"]').fill('最大工件？')
  })

  await test.step('what is missing is said where it is missing', async () => {
    await marketing.getByRole('button', { name: '发布…' }).click()
    await marketing.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
    const answer = marketing.locator('textarea[name$="questions.0.answer.zh-CN"]')
    await expect(answer).toHaveAttribute('aria-invalid', 'true')
    await answer.fill('1,200 mm')
  })

  await test.step('the order is changed by keyboard, and a block taken away comes back', async () => {
    const blocks = marketing.locator('[data-block] h3')
    await marketing.getByRole('button', { name: '上移“常见问题”' }).focus()
    await marketing.keyboard.press('Alt+ArrowUp')
    await expect(blocks).toHaveText([/标题与文字/, /常见问题/, /图片/])
    await marketing.getByRole('button', { name: '删除“图片”' }).click()
    await expect(blocks).toHaveCount(2)
    await marketing.getByRole('button', { name: '撤销' }).click()
    await expect(blocks).toHaveText([/标题与文字/, /常见问题/, /图片/])
  })

  await test.step('the preview shows the draft, the site does not', async () => {
    const [preview] = await Promise.all([
      marketing.context().waitForEvent('page'),
      marketing.getByRole('button', { name: '预览', exact: true }).click(),
    ])
    await expect(preview.getByRole('heading', { name: title })).toBeVisible()
    await expect(preview.getByRole('img', { name: '箱式炉' })).toBeVisible()
    await preview.close()
    expect((await stranger.request.get(`/${slug}`)).status()).toBe(404)
  })

  await test.step('published, and in the menu', async () => {
    await marketing.getByRole('button', { name: '发布…' }).click()
    await marketing.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
    await expect(marketing.getByText('已发布。')).toBeVisible()
    expect(await barriers(marketing)).toEqual([])
    await marketing.goto('/console/menus')
    const header = marketing.locator('section', { has: marketing.getByRole('heading', { name: '页眉' }) })
    await header.getByRole('button', { name: '添加入口' }).click()
    const entry = header.getByRole('group', { name: /^入口 \d+$/ }).last()
    await entry.getByLabel('指向').selectOption('page')
    await entry.getByLabel('选择').selectOption({ label: title })
    await marketing.getByRole('button', { name: '保存菜单' }).click()
    await expect(marketing.getByText('已保存，立即生效。')).toBeVisible()
  })

  await test.step('a visitor finds it on a phone', async () => {
    await stranger.setViewportSize({ width: 390, height: 844 })
    const entry = stranger.locator('header details').getByRole('link', { name: title })
    await expect(async () => {
      await stranger.goto('/en/products')
      await stranger.locator('header').getByText('Menu', { exact: true }).click()
      await expect(entry).toBeVisible({ timeout: 2000 })
    }).toPass()
    await entry.click()
    await expect(stranger).toHaveURL(`/en/${slug}`)
    await expect(stranger.getByRole('heading', { name: title })).toBeVisible()
    await expect(stranger.locator('main li')).toContainText(['箱式炉'])
    await expect(stranger.getByRole('link', { name: '看产品' })).toHaveAttribute('href', '/en/products')
    await stranger.getByText('最大工件？').click()
    await expect(stranger.getByText('1,200 mm')).toBeVisible()
    expect(await barriers(stranger)).toEqual([])
    const overflow = await stranger.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  await test.step('and the menu is as it was', async () => {
    const header = marketing.locator('section', { has: marketing.getByRole('heading', { name: '页眉' }) })
    await header
      .getByRole('button', { name: /^删除入口 \d+$/ })
      .last()
      .click()
    await marketing.getByRole('button', { name: '保存菜单' }).click()
    await expect(marketing.getByText('已保存，立即生效。')).toBeVisible()
  })
})
