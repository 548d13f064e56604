/**
 * An exact number: numerator over a positive denominator. Decimals enter by their shortest text (0.1 is one tenth);
 * sums and products stay exact decimals, and a quotient stays an exact fraction until somebody rounds it.
 */
export interface Exact {
  n: bigint
  d: bigint
}

export const zero: Exact = { n: 0n, d: 1n }
export const one: Exact = { n: 1n, d: 1n }

/** The exact value of a finite JavaScript number as it is written, not as it is stored. Throws RangeError for NaN and infinities. */
export function exact(value: number): Exact {
  if (Number.isSafeInteger(value)) return { n: BigInt(value), d: 1n }
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number`)
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const power = Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  return power >= 0 ? { n: digits * 10n ** BigInt(power), d: 1n } : { n: digits, d: 10n ** BigInt(-power) }
}

export function add(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d }
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d }
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d }
  return reduced(a.n * b.d + b.n * a.d, a.d * b.d)
}

export function negate(a: Exact): Exact {
  return { n: -a.n, d: a.d }
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b))
}

export function multiply(a: Exact, b: Exact): Exact {
  if (a.d === 1n && b.d === 1n) return { n: a.n * b.n, d: 1n }
  return reduced(a.n * b.n, a.d * b.d)
}

/** undefined: divided by zero */
export function divide(a: Exact, b: Exact): Exact | undefined {
  if (b.n === 0n) return undefined
  return b.n < 0n ? reduced(-a.n * b.d, a.d * -b.n) : reduced(a.n * b.d, a.d * b.n)
}

/** -1, 0 or 1 */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The nearest multiple of 10^-digits, halves away from zero. */
export function round(a: Exact, digits = 0): Exact {
  const scale = 10n ** BigInt(digits)
  const doubled = 2n * (a.n < 0n ? -a.n : a.n) * scale + a.d
  const rounded = doubled / (2n * a.d)
  return { n: a.n < 0n ? -rounded : rounded, d: scale }
}

/** The nearest JavaScript number, after rounding to at most `digits` after the point (halves away from zero). */
export function toNumber(a: Exact, digits = 6): number {
  const { n, d } = round(a, digits)
  const value = Number(n) / Number(d)
  return value === 0 ? 0 : value
}

/** How many digits the number has after the point in its shortest text: 0.25 has 2, 1e-7 has 7. */
export function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent))
}

/** value times 10^decimals as an integer; undefined where the value has more decimals or leaves the safe integers. */
export function scaled(value: number, decimals: number): number | undefined {
  if (!Number.isFinite(value) || decimalsOf(value) > decimals) return undefined
  const { n, d } = exact(value)
  const result = Number((n * 10n ** BigInt(decimals)) / d)
  return Number.isSafeInteger(result) ? result : undefined
}

/** The number whose shortest text is the scaled integer with the point `decimals` digits from the right. */
export function unscaled(value: number, decimals: number): number {
  return value === 0 ? 0 : value / 10 ** decimals
}

function reduced(n: bigint, d: bigint): Exact {
  let a = n < 0n ? -n : n
  let b = d
  while (b !== 0n) [a, b] = [b, a % b]
  return a > 1n ? { n: n / a, d: d / a } : { n, d }
}
