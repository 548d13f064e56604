import type { ModelError, RuleRef } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'

/** What a check before publishing found: an error stops, a warning is read and may be accepted. */
export interface Finding extends ModelError {
  severity: 'error' | 'warning'
  /** what it is about, as the model calls it */
  name: LocalizedText
  /** the rules behind it, where rules are */
  rules?: RuleRef[]
}

/** A warning; `path` is a JSON pointer into the model. */
export function warning(
  code: string,
  { path, name, rules }: Pick<Finding, 'path' | 'name' | 'rules'>,
  message: LocalizedText,
  remedy: LocalizedText,
): Finding {
  return { severity: 'warning', code, path, name, message, remedy, ...(rules ? { rules } : {}) }
}

const shown = 50

/** So many of one kind as somebody reads; a last one says how many more there are. */
export function upToSome(findings: Finding[]): Finding[] {
  const rest = findings.length - shown
  if (rest <= 0) return findings
  const last = findings[shown]!
  const more = { 'zh-CN': `另有 ${rest} 处同类情况。`, en: `There are ${rest} more like it.` }
  return [...findings.slice(0, shown), { ...last, message: more }]
}
