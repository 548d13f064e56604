import type { Language } from '#platform/core'

/** Digits up to which a number is written out. */
const writtenOut = 15

/** A number as people read it: 1,234, or 5.43 × 10 to a power. */
export interface VariantsText {
  written: string
  power?: number
}

/** What a number of variants looks like. digits: in decimal notation */
export function variantsText(digits: string, language: Language): VariantsText {
  if (digits.length <= writtenOut) return { written: new Intl.NumberFormat(language).format(BigInt(digits)) }
  const rounded = Number(`${digits[0]}.${digits.slice(1, 4)}`).toFixed(2)
  const power = digits.length - 1
  return rounded === '10.00' ? { written: '1.00 × 10', power: power + 1 } : { written: `${rounded} × 10`, power }
}
