import type { LocalizedText } from '#platform/core'

export const signalKinds = ['alarm', 'finding', 'health'] as const
export type SignalKind = (typeof signalKinds)[number]

/** Something a machine shows now that may ask for work on it: an open alarm, a finding, the health of a component. */
export interface Signal {
  kind: SignalKind
  /** the id of the rule of the alarm or its name, the component of the finding, the component whose health it is; '' for the health of the machine */
  code: string
  /** null: the reader is not told what it is */
  name: LocalizedText | null
  /** since when, ISO 8601: who may not see that time does not see the signal */
  since: string
  /** of health: 0 … 100; null for the others */
  value: number | null
  /** by other ways than rules: what it is, is told to whom findings are open */
  found: boolean
}

/** What has to show before a task is due or advice is given. */
export interface Condition {
  kind: SignalKind
  code: string
  /** of health: it is below this; null for the others */
  below: number | null
}

/** Whether a signal is what a condition waits for. */
export function meets({ kind, code, below }: Condition, signal: Signal): boolean {
  if (kind !== signal.kind || code !== signal.code) return false
  return kind === 'health' ? signal.value !== null && below !== null && signal.value < below : true
}
