import type { Language } from '#platform/core'

/** Digits up to which a number is written out. */
const writtenOut = 15

/** A number of variants as people read it: 1,234, or 5.43 × 10^217. digits: in decimal notation */
export function variantsText(digits: string, language: Language): string {
  if (digits.length <= writtenOut) return new Intl.NumberFormat(language).format(BigInt(digits))
  const rounded = Number(`${digits[0]}.${digits.slice(1, 4)}`).toFixed(2)
  const power = digits.length - 1
  const [factor, exponent] = rounded === '10.00' ? ['1.00', power + 1] : [rounded, power]
  return `${factor} × 10${superscript(exponent)}`
}

const superscript = (number: number) => [...String(number)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
