import type { LocalizedText } from '#platform/core'

/** A metric as the editor of rules offers it. */
export interface OfferedMetric {
  key: string
  name: LocalizedText
  unit: string
}
