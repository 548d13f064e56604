import { expect, test } from 'vitest'
import { engineIds, engines, faultOfRootFile, isRootFilePath, readBaiduToken, readCard, readCode } from './index.ts'

test('every engine takes its own example, bare and in its tag', () => {
  for (const id of engineIds) {
    const { tag, example } = engines[id]
    expect(readCode(id, ` ${example}\n`)).toEqual({ status: 'code', code: example })
    expect(readCode(id, `<meta name="${tag}" content="${example}">`)).toEqual({ status: 'code', code: example })
  }
})

test('a tag without a code, or something else, is none', () => {
  for (const pasted of [
    '<meta name="baidu-site-verification">',
    '<meta content="codeva-1234">',
    'two words',
    '"><b>',
    'a'.repeat(200),
  ])
    expect(readCode('baidu', pasted)).toEqual({ status: 'none' })
})

test('a token of Baidu is taken bare or from its address, with or without the scheme of the site', () => {
  const token = 'aB3dE6gH9jK2mN5p'
  for (const site of ['www.example.com', 'https://www.example.com', 'https://www.example.com/', 'https%3A%2F%2Fwww.example.com'])
    expect(readBaiduToken(`http://data.zz.baidu.com/urls?site=${site}&token=${token}`, 'www.example.com')).toEqual({
      status: 'token',
      token,
    })
  expect(readBaiduToken(` ${token} `, 'www.example.com')).toEqual({ status: 'token', token })
  expect(readBaiduToken('https://evil.example/urls?token=aB3dE6gH9jK2mN5p', 'www.example.com')).toEqual({ status: 'none' })
})

test('files that platforms give out are taken', () => {
  for (const [name, content] of [
    ['MP_verify_Ab3dEf6hIj9lMn2o.txt', 'Ab3dEf6hIj9lMn2o'],
    ['WW_verify_Ab3dEf6hIj9lMn2o.txt', 'Ab3dEf6hIj9lMn2o'],
    ['baidu_verify_codeva-A1b2C3d4E5.html', '0123456789abcdef0123456789abcdef'],
    ['google0123456789abcdef.html', 'google-site-verification: google0123456789abcdef.html'],
    ['sogousiteverification.txt', 'A1b2C3d4E5'],
    ['shenma-site-verification.txt', 'shenma-site-verification:0123_1700000000'],
  ] as const) {
    expect([name, faultOfRootFile(name, content)]).toEqual([name, null])
    expect(isRootFilePath(`/${name}`)).toBe(true)
  }
  for (const path of ['/robots.txt', '/sitemap-1.xml', '/products', '/en/a.txt', '/a/b.txt', '/..txt'])
    expect(isRootFilePath(path)).toBe(false)
})

test('a card is what the head says, Open Graph before the plain tags, and nothing of the body', () => {
  const card = readCard(
    '<html><head><title>Plain &amp; simple</title><meta name="description" content="words"/><meta property="og:title" content="It&#x27;s &quot;ours&quot;"/><meta name="robots" content="noindex"/></head><body><meta property="og:image" content="/evil.png"></body>',
  )
  expect(card).toEqual({ title: 'It\'s "ours"', description: 'words', picture: null, hidden: true })
})
