/** Currencies without two decimals, by ISO 4217 */
const MINOR_DIGITS: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
} // biome-ignore format: a table

const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2

/** A decimal text in minor units, half away from zero. */
export function minorUnits(plain: string, currency: string): number {
  const digits = minorDigits(currency)
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.')
  const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  const amount = kept + (Number(fraction[digits] ?? 0) >= 5 ? 1 : 0)
  return plain.startsWith('-') && amount ? -amount : amount
}

/** Minor units as a number of the currency. */
export function majorUnits(amount: number, currency: string): number {
  return Number(`${amount}e-${minorDigits(currency)}`)
}
