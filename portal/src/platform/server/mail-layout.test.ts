import { expect, test } from 'vitest'
import { mailLayout } from './mail-layout.ts'

const content = {
  subject: '您的询价',
  greeting: '李雷，您好：',
  paragraphs: ['第一段。', '第二段，\n换行。'],
  facts: [{ label: '型号', value: 'VMC 850' }],
  action: { label: '查看', url: 'https://portal.example.com/inquiries/abc?x=1&y=2' },
  signature: '王销售',
  closing: '如非本人操作，请忽略。',
}

test('both parts say the same, the plain one with the whole address', () => {
  const { text, html } = mailLayout('zh-CN', content)
  for (const words of ['李雷，您好：', '第一段。', '型号', 'VMC 850', '查看', '王销售', '如非本人操作，请忽略。']) {
    expect(text).toContain(words)
    expect(html).toContain(words)
  }
  expect(text).toContain(content.action.url)
  expect(html).toContain('lang="zh-CN"')
})

test('nothing a visitor typed becomes markup or another header', () => {
  const evil = '<script>alert(1)</script>"\'&'
  const { html, subject } = mailLayout('en', {
    subject: `${evil}\r\nBcc: everybody@example.com`,
    greeting: evil,
    paragraphs: [evil],
    facts: [{ label: evil, value: evil }],
    action: { label: evil, url: `https://portal.example.com/?q=${evil}` },
    signature: evil,
    closing: evil,
  })
  expect(html).not.toContain('<script')
  expect(html).not.toMatch(/href="[^"]*"'/)
  expect(subject).not.toMatch(/[\r\n]/)
})

test('the HTML part asks nothing from outside and has no table or script', () => {
  const { html } = mailLayout('en', content)
  expect(html).not.toMatch(/<(img|link|script|table|iframe)|url\(|src=/)
})
