/**
 * Units are compared by their factors: "kg.m", "m·kg" and "kg*m" are the same, "1/min" is min to the power of -1.
 * Nothing is converted: W and kW differ, and a factor with a unit such as 0.001[kW/W] says how to get from one to the other.
 */
export type Unit = string

/** What a bare number has: it takes whatever unit the other side has. */
export const anyUnit = undefined

/** Canonical text of a unit; '' for a pure number. */
export function canonicalUnit(text: string | undefined): Unit {
  if (text === undefined) return ''
  const known = canonical.get(text)
  if (known !== undefined) return known
  const unit = written(factors(text))
  if (canonical.size < 10_000) canonical.set(text, unit)
  return unit
}

/** Derived from the text alone, so that remembering it changes nothing. */
const canonical = new Map<string, Unit>()

export function productUnit(a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  return combined(a, b, 1)
}

export function quotientUnit(a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  return combined(a, b, -1)
}

/** How to turn `from` into `to` where they differ by a metric prefix only: "0.001[kW/W]". */
export function conversion(from: Unit, to: Unit): string | undefined {
  const [small, large] = from.length <= to.length ? [from, to] : [to, from]
  const power = small !== '' && large.endsWith(small) ? prefixes[large.slice(0, -small.length)] : undefined
  if (power === undefined) return undefined
  return `${Number(`1e${large === to ? -power : power}`)}[${to}/${from}]`
}

const prefixes: Record<string, number> = { k: 3, M: 6, G: 9, m: -3, c: -2, d: -1, µ: -6, u: -6 }

function combined(a: Unit | undefined, b: Unit | undefined, sign: 1 | -1): Unit | undefined {
  // a bare number times a pure one may still stand for anything: 400 * bays <= width
  if (!a && !b) return a === undefined || b === undefined ? anyUnit : ''
  if (!b) return a
  if (!a && sign === 1) return b
  const sum = factors(a ?? '')
  for (const [atom, power] of factors(b)) sum.set(atom, (sum.get(atom) ?? 0) + sign * power)
  return written(sum)
}

function factors(text: string): Map<string, number> {
  const powers = new Map<string, number>()
  let sign = 1
  for (const piece of text.split(/([./·*⋅])/)) {
    const part = piece.trim()
    if (part === '/') sign = -1
    else if (/^[.·*⋅]$/.test(part)) sign = 1
    else if (part !== '' && part !== '1') {
      const [, atom = part, power = '1'] = /^(\D*[^\d^+-])\^?([+-]?\d{1,2})$/.exec(part) ?? []
      powers.set(atom, (powers.get(atom) ?? 0) + sign * Number(power))
    }
  }
  return powers
}

function written(powers: Map<string, number>): Unit {
  const kept = [...powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
  const above = kept.filter(([, power]) => power > 0).map(([atom, power]) => (power === 1 ? atom : atom + power))
  const below = kept.filter(([, power]) => power < 0).map(([atom, power]) => `/${power === -1 ? atom : atom + -power}`)
  if (above.length === 0 && below.length > 0) return `1${below.join('')}`
  return above.join('.') + below.join('')
}
