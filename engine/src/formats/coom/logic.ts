/** Formulas of the model as texts, written so that each may stand inside any other. */
export const TRUE = 'true'
export const FALSE = 'false'

export function and(parts: Iterable<string>): string {
  return joined(parts, ' & ', TRUE, FALSE)
}

export function or(parts: Iterable<string>): string {
  return joined(parts, ' | ', FALSE, TRUE)
}

export function not(part: string): string {
  if (part === TRUE) return FALSE
  if (part === FALSE) return TRUE
  return part.startsWith('!') ? part.slice(1) : `!${part}`
}

export function implies(left: string, right: string): string {
  if (left === TRUE) return right
  if (left === FALSE || right === TRUE) return TRUE
  return right === FALSE ? not(left) : `(${left} => ${right})`
}

function joined(parts: Iterable<string>, sign: string, neutral: string, absorbing: string): string {
  const kept = new Set(parts)
  kept.delete(neutral)
  if (kept.has(absorbing)) return absorbing
  if (kept.size === 0) return neutral
  return kept.size === 1 ? [...kept][0]! : `(${[...kept].join(sign)})`
}
