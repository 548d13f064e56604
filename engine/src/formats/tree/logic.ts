/** A formula's text, or what it always is. */
export type Logic = string | boolean

export function not(a: Logic): Logic {
  return typeof a === 'boolean' ? !a : `!${a}`
}

export function all(op: 'and' | 'or', parts: Logic[]): Logic {
  const decides = op === 'or'
  if (parts.includes(decides)) return decides
  const rest = parts.filter(part => typeof part === 'string')
  if (rest.length === 0) return !decides
  return rest.length === 1 ? rest[0]! : `(${rest.join(op === 'and' ? ' & ' : ' | ')})`
}

export function implies(left: Logic, right: Logic): Logic {
  if (left === false || right === true) return true
  if (left === true) return right
  return right === false ? not(left) : `(${left} => ${right})`
}

export function same(left: Logic, right: Logic): Logic {
  if (typeof left === 'boolean') return left ? right : not(right)
  if (typeof right === 'boolean') return right ? left : not(left)
  return `(${left} <=> ${right})`
}
