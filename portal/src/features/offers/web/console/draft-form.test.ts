import { expect, test } from 'vitest'
import type { OfferContent } from '../../core/index.ts'
import { contentOf, formOf, moved, newLine } from './draft-form.ts'

const content: OfferContent = {
  lines: [
    {
      id: 'a',
      kind: 'configuration',
      code: 'X-1',
      name: 'Machine',
      text: '',
      configurationToken: 'token',
      listPrice: 123_456,
      quantity: 1.125,
      unit: 'pc',
      unitPrice: 123_456,
      discountPercent: 2.5,
      cost: null,
    },
  ],
  discount: { kind: 'amount', amount: 500 },
  taxPercent: 13,
  validUntil: '2026-12-31',
  remindDays: 3,
  terms: {
    delivery: 'FCA',
    leadWeeks: null,
    payment: [{ percent: 100, text: 'now' }],
    installation: '',
    warranty: '',
    notes: '',
  },
}

test('what was saved is typed back as the same', () => {
  expect(contentOf(formOf({ name: '', company: '' }, content, 'CNY'), 'CNY')).toEqual({ content, wrong: new Set() })
})

test('what is no number is named and counts as nothing', () => {
  const form = formOf({ name: '', company: '' }, content, 'CNY')
  const line = { ...newLine('free', 'b', ''), quantity: 'two', unitPrice: '1.234', discountPercent: '120' }
  const { wrong } = contentOf({ ...form, lines: [...form.lines, line], taxPercent: 'x' }, 'CNY')
  expect([...wrong]).toEqual(['lines.1.quantity', 'lines.1.unitPrice', 'lines.1.discountPercent', 'taxPercent'])
})

test('a line moves up and down, and not beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})
