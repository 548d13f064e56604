import { expect, test } from 'vitest'
import {
  formatBytes,
  formatLargeNumber,
  formatMoney,
  formatMoneyDifference,
  formatNumber,
  formatTime,
  formatUnit,
} from './amounts.ts'

test('money reads the same sign in both languages and drops empty cents', () => {
  expect(formatMoney(62_800_000, 'CNY', 'zh-CN')).toBe('¥628,000')
  expect(formatMoney(62_800_000, 'CNY', 'en')).toBe('¥628,000')
  expect(formatMoney(128_050, 'CNY', 'zh-CN')).toBe('¥1,280.50')
  expect(formatMoney(5000, 'JPY', 'en')).toBe('¥5,000')
})

test('a difference carries its sign, and a true minus', () => {
  expect(formatMoneyDifference(1_280_000, 'CNY', 'zh-CN')).toBe('+¥12,800')
  expect(formatMoneyDifference(-300_000, 'CNY', 'en')).toBe('−¥3,000')
})

test('numbers are grouped and keep the digits they are given', () => {
  expect(formatNumber(18_000, 'zh-CN')).toBe('18,000')
  expect(formatNumber(0.005, 'en')).toBe('0.005')
  expect(formatNumber(7.5, 'en', 2)).toBe('7.50')
  expect(formatNumber(-10, 'en')).toBe('−10')
})

test.each([
  ['0', { written: '0' }],
  ['1234567', { written: '1,234,567' }],
  [`5433${'0'.repeat(214)}`, { written: '5.43 × 10', power: 217 }],
  [`9999${'0'.repeat(16)}`, { written: '1.00 × 10', power: 20 }],
])('the whole number %s is written as %s', (digits, written) => {
  expect(formatLargeNumber(digits, 'en')).toEqual(written)
})

test('units are printed as drawings print them', () => {
  expect(formatUnit('1/min', 'zh-CN')).toBe('rpm')
  expect(formatUnit('m3', 'en')).toBe('m³')
  expect(formatUnit('kW', 'en')).toBe('kW')
  expect(formatUnit('d', 'zh-CN')).toBe('天')
})

test('a time reads as the reader writes it, in his zone', () => {
  expect(formatTime('2026-11-21T06:05:00Z', 'zh-CN', 'Asia/Shanghai')).toBe('2026/11/21 14:05')
  expect(formatTime('2026-11-21T06:05:00Z', 'en', 'Europe/Berlin')).toBe('21 Nov 2026, 07:05')
})

test('the size of a file is told in the unit that fits', () => {
  const sizes = [0, 999, 1001, 999_999, 1_000_000, 2_549_000, 20_000_000]
  expect(sizes.map(size => formatBytes(size, 'en').replace('\u00a0', ' '))).toEqual([
    ...['1 kB', '1 kB', '2 kB', '1,000 kB', '1 MB', '2.5 MB', '20 MB'],
  ])
})
