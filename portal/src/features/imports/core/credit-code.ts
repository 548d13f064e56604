/** GB 32100-2015: figures and capital letters without I, O, S, V and Z. A sign's place is its value. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Powers of 3 modulo 31, for the 17 signs before the check sign. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** How a unified social credit code (统一社会信用代码) is written: capital letters, nothing between them. */
export const plainCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\-–—_.]/g, '')
    .toUpperCase()

/** Whether it is meant as a unified social credit code: 18 signs that begin with a figure. Foreign VAT numbers begin with letters. */
export const looksLikeCreditCode = (code: string): boolean => /^\d[\dA-Z]{17}$/.test(code)

/** The sign that the first 17 demand as their 18th; null where one of them is not allowed. */
export function checkSign(first17: string): string | null {
  let sum = 0
  for (const [at, weight] of weights.entries()) {
    const value = signs.indexOf(first17[at] ?? ' ')
    if (value < 0) return null
    sum += value * weight
  }
  return signs[(31 - (sum % 31)) % 31]!
}

/** Whether the code is well formed and its check sign right. */
export const isCreditCode = (code: string): boolean =>
  /^[\dA-HJ-NP-RTUW-Y]{2}\d{6}[\dA-HJ-NP-RTUW-Y]{10}$/.test(code) && checkSign(code.slice(0, 17)) === code[17]
