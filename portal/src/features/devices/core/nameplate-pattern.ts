import { plainKey } from './plain-key.ts'

/** A model, or the beginning of one with `*` behind it, as it is kept and compared; null: it says nothing, or everything. */
export function patternKey(pattern: string): string | null {
  const key = plainKey(pattern)
  return /^[^*]+\*?$/.test(key) ? key : null
}

/** Whether a model, as `plainKey` writes it, is meant by a pattern, as `patternKey` does. */
export const matchesPattern = (modelKey: string, key: string): boolean =>
  key.endsWith('*') ? modelKey.startsWith(key.slice(0, -1)) : modelKey === key

/** Of several patterns the one that says most of the model: the whole of it, else the longest beginning. undefined: none means it */
export function closestPattern<Pattern extends { patternKey: string }>(
  modelKey: string,
  patterns: readonly Pattern[],
): Pattern | undefined {
  const weight = ({ patternKey: key }: Pattern) => (key.endsWith('*') ? key.length - 1 : Number.POSITIVE_INFINITY)
  return patterns.filter(pattern => matchesPattern(modelKey, pattern.patternKey)).toSorted((a, b) => weight(b) - weight(a))[0]
}
