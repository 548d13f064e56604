import type { Comparison, Expression } from './feature-tree.ts'

/** A number as written, without exponent and needless zeros; undefined where it does not fit 15 digits. */
export function plainNumber(written: string): string | undefined {
  const match = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written.trim())
  if (!match || (!match[2] && !match[3])) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (Math.abs(shift) > 30) return undefined
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point > digits.length ? digits.padEnd(point, '0') : digits.padStart(digits.length - Math.min(point, 0), '0')
  const cut = Math.max(point, 0)
  const before = padded.slice(0, cut).replace(/^0+(?=\d)/, '') || '0'
  let end = padded.length
  while (end > cut && padded[end - 1] === '0') end--
  const after = padded.slice(cut, end)
  if (before.length + after.length > 15) return undefined
  const text = after ? `${before}.${after}` : before
  return sign && text !== '0' ? `-${text}` : text
}

/** Digits after the point of a plain number. */
export function decimalsOf(plain: string): number {
  const point = plain.indexOf('.')
  return point < 0 ? 0 : plain.length - point - 1
}

/** The same comparison with its sides swapped. */
export const mirrored: Record<Comparison, Comparison> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' }

/** The value of an expression that names nothing. */
export function constant(e: Expression): number | undefined {
  switch (e.op) {
    case 'number': {
      const value = Number(e.text)
      return Number.isFinite(value) ? value : undefined
    }
    case 'negate': {
      const value = constant(e.arg)
      return value === undefined ? undefined : -value
    }
    case 'terms':
    case 'factors': {
      let value = constant(e.first)
      for (const { sign, arg } of e.rest) {
        const next = constant(arg)
        if (value === undefined || next === undefined) return undefined
        value = sign === '+' ? value + next : sign === '-' ? value - next : sign === '*' ? value * next : value / next
      }
      return Number.isFinite(value) ? value : undefined
    }
    default:
      return undefined
  }
}
