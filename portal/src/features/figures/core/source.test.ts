import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCrawler } from './crawler.ts'
import { medianOf, roundedSeconds } from './median.ts'
import { sourceOf } from './source.ts'

test('a campaign comes before a printed code, that before the page that linked here', () => {
  expect(sourceOf({ utm_source: ' CIMT\u00a02027 ', qr: 'stand-4', referrer: 'news.example' })).toBe('utm:cimt 2027')
  expect(sourceOf({ qr: 'Stand-4', referrer: 'news.example' })).toBe('qr:stand-4')
  expect(sourceOf({ referrer: 'www.News.example:8443' })).toBe('host:news.example')
  expect(sourceOf({})).toBe('direct')
})

test('what may tell of somebody, or is no name, is no source of its own', () => {
  for (const utm_source of ['li.lei@example.com', '13800138000', 'x'.repeat(61), '\u200b']) {
    expect(sourceOf({ utm_source })).toBe('other')
  }
  expect(sourceOf({ referrer: 'not a host' })).toBe('other')
})

test('whatever a page says becomes a short label', () => {
  fc.assert(
    fc.property(fc.record({ utm_source: fc.string(), qr: fc.string(), referrer: fc.string() }), origin => {
      const label = sourceOf(origin)
      expect(label).toMatch(/^(direct|other|(utm|qr|host):.+)$/s)
      expect(label.length).toBeLessThan(70)
      expect(label).not.toMatch(/@|\d{7}/)
    }),
  )
})

test('programs are told from browsers', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
  const wechat =
    'Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0'
  for (const person of [chrome, wechat]) expect(isCrawler(person)).toBe(false)
  const baidu = 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)'
  for (const program of [baidu, 'Googlebot/2.1', chrome.replace('Chrome', 'HeadlessChrome'), 'curl/8.5', '', null])
    expect(isCrawler(program)).toBe(true)
})

test('the median has at most half on either side', () => {
  const values = fc.array(fc.record({ value: fc.nat(9000), amount: fc.nat(20) }))
  fc.assert(
    fc.property(values, values => {
      const median = medianOf(values)
      const amount = (of: (value: number) => boolean) =>
        values.filter(({ value }) => of(value)).reduce((sum, { amount }) => sum + amount, 0)
      const all = amount(() => true)
      expect(median === null).toBe(all === 0)
      if (median === null) return
      expect(amount(value => value < median)).toBeLessThanOrEqual(all / 2)
      expect(amount(value => value > median)).toBeLessThanOrEqual(all / 2)
    }),
  )
  expect(medianOf([1, 2, 9].map(value => ({ value, amount: 1 })))).toBe(2)
})

test('how long somebody stayed is rounded to few values, never by more than half of a step', () => {
  const rounded = new Set<number>()
  for (let seconds = 0; seconds <= 20_000; seconds++) {
    const value = roundedSeconds(seconds)
    rounded.add(value)
    const step = seconds < 60 ? 5 : seconds < 600 ? 30 : 300
    if (seconds >= step && seconds <= 7200) expect(Math.abs(value - seconds)).toBeLessThanOrEqual(step / 2)
  }
  expect(rounded.size).toBeLessThan(60)
  expect(Math.max(...rounded)).toBe(7200)
  expect(roundedSeconds(Number.NaN)).toBe(0)
})
