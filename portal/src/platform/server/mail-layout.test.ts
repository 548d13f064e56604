import { expect, test } from 'vitest'
import { contrast } from '../core/tokens.ts'
import { type MailContent, mailHtml, mailLayout, plainLook } from './mail-layout.ts'

const content = {
  subject: '您的询价',
  greeting: '李雷，您好：',
  paragraphs: ['第一段。', '第二段，\n换行。'],
  facts: [{ label: '型号', value: 'VMC 850' }],
  action: { label: '查看', url: 'https://portal.example.com/inquiries/abc?x=1&y=2' },
  signature: '王销售',
  closing: '如非本人操作，请忽略。',
}

const logo = { png: new Uint8Array([1]), width: 160, height: 40 }
const both = (language: 'zh-CN' | 'en', content: MailContent, look = plainLook) => {
  const { layout, ...mail } = mailLayout(language, content)
  return { ...mail, html: mailHtml(layout, look) }
}

test('both parts say the same, the plain one with the whole address', () => {
  const { text, html } = both('zh-CN', content)
  for (const words of ['李雷，您好：', '第一段。', '型号', 'VMC 850', '查看', '王销售', '如非本人操作，请忽略。']) {
    expect(text).toContain(words)
    expect(html).toContain(words)
  }
  expect(text).toContain(content.action.url)
  expect(html).toContain('lang="zh-CN"')
})

test('nothing a visitor typed becomes markup or another header', () => {
  const evil = '<script>alert(1)</script>"\'&'
  const { html, subject } = both('en', {
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

test('nothing a manufacturer calls itself becomes markup', () => {
  const name = '"><script>alert(1)</script>'
  expect(both('en', content, { name, signal: null, logo }).html).not.toContain('<script')
  expect(both('en', content, { name, signal: null, logo: null }).html).not.toContain('<script')
})

test('the HTML part asks nothing from outside and has no script; its one picture travels with it', () => {
  expect(both('en', content).html).not.toMatch(/<(img|link|script|iframe)|url\(|src=/)
  const { html } = both('en', content, { name: '华东包装机械', signal: null, logo })
  expect(html.match(/src="[^"]*"/g)).toEqual(['src="cid:logo@fettle"'])
  expect(html).toContain('alt="华东包装机械"')
  expect(html).not.toMatch(/<(link|script|iframe)|url\(/)
})

test('line and button have the colour of the manufacturer, and can be read in light and dark', () => {
  const { html } = both('en', content, { ...plainLook, signal: '#005bac' })
  expect(html).toContain('border-top:4px solid #005bac')
  const [, ground, writing] = /bgcolor="(#\w+)".*?;color:(#\w+)/.exec(html)!
  expect(ground).toBe('#005bac')
  expect(contrast(ground!, writing!)).toBeGreaterThan(4.5)
  const [, darkGround, darkWriting] = /\.button\{background:(#\w+)!important\}\.button a\{color:(#\w+)/.exec(html)!
  expect(contrast(darkGround!, darkWriting!)).toBeGreaterThan(4.5)
})
