import { minorDigits } from '#platform/core'

/** A number as people type it, with so many decimals at most; null: it is none. A comma stands for the point where it cannot be a group. */
export function parseNumber(typed: string, decimals: number): number | null {
  const text = typed
    .trim()
    .replace(/^(\d+),(\d{1,2})$/, '$1.$2')
    .replace(/[,\s]/g, '')
  const found = /^(\d{1,15})(?:\.(\d+))?$/.exec(text)
  if (!found || (found[2]?.length ?? 0) > decimals) return null
  return Number(text)
}

/** An amount as people type it, '580,000' or '580000.50', in minor units; null: it is none. */
export function parseMoney(typed: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const amount = parseNumber(typed, digits)
  return amount === null ? null : Math.round(amount * 10 ** digits)
}

/** Minor units as one would type them: '1234.5'. */
export const typedMoney = (amount: number, currency: string): string => String(amount / 10 ** minorDigits(currency))
