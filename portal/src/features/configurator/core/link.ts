import type { Decision } from '@fettle/engine'

/** Longest configuration state that a URL carries; beyond it the configuration is saved and linked by id. */
export const longestLinkState = 2000

/**
 * Decisions as one URL parameter: `spindle_18k~!chiller~training*3~riser=200`
 * An option is chosen by its id, refused by `!id`, taken several times by `id*pieces`; a number is set by `group=value`.
 * Ids are percent-encoded where they hold anything beyond letters, digits and _, so every imported name survives.
 */
export const encodeDecisions = (decisions: readonly Decision[]): string => decisions.map(encodeDecision).join('~')

function encodeDecision(decision: Decision): string {
  if ('number' in decision) return `${encodeId(decision.number)}=${decision.value}`
  if ('quantity' in decision) return `${encodeId(decision.option)}*${decision.quantity}`
  return decision.chosen ? encodeId(decision.option) : `!${encodeId(decision.option)}`
}

/** The decisions of a link; null where the text is not one that `encodeDecisions` could have made. */
export function decodeDecisions(text: string): Decision[] | null {
  if (text === '') return []
  const decisions = text.split('~').map(decodeDecision)
  return decisions.every(decision => decision !== null) ? decisions : null
}

function decodeDecision(part: string): Decision | null {
  const match = /^(!?)([\w%.-]+)(?:([*=])(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?))?$/.exec(part)
  if (!match) return null
  const [, not, encoded = '', operator, value] = match
  const id = decodeId(encoded)
  if (id === null || (not && operator)) return null
  if (operator === '=') return { number: id, value: Number(value) }
  if (operator === '*') return { option: id, quantity: Number(value) }
  return { option: id, chosen: !not }
}

const encodeId = (id: string): string =>
  encodeURIComponent(id).replace(/[!'()*~]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

function decodeId(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
