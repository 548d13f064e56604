/**
 * A phone number in E.164, or null where the text is none. Eleven digits that begin with 1 are a Chinese mobile number,
 * numbers with a leading 0 are Chinese landlines; every other number needs its country code.
 */
export function normalizePhone(text: string): string | null {
  const compact = text.replace(/[\s().\-–—/]/g, '').replace(/^00/, '+')
  if (/^1[3-9]\d{9}$/.test(compact)) return `+86${compact}`
  if (/^0\d{9,11}$/.test(compact)) return `+86${compact.slice(1)}`
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : null
}
