import { expect, test } from 'vitest'
import { monthsBetween, spentLife } from './component-age.ts'

test('months are counted whole, by the calendar', () => {
  expect(monthsBetween('2025-03-15', '2025-04-14')).toBe(0)
  expect(monthsBetween('2025-03-15', '2025-04-15')).toBe(1)
  expect(monthsBetween('2024-12-31', '2026-12-31')).toBe(24)
  expect(monthsBetween('2026-05-01', '2025-01-01')).toBe(0)
})

test('how much of its life is spent is said only where both ends are known', () => {
  expect(spentLife('2024-01-01', 48, '2026-01-01')).toBe(0.5)
  expect(spentLife(null, 48, '2026-01-01')).toBeNull()
  expect(spentLife('2024-01-01', null, '2026-01-01')).toBeNull()
})
