import { type Anchor, holdsInChain, type Platform } from '#platform/server'
import { exportedEntry } from '../core/index.ts'

export interface ExportReport {
  entries: number
  /** entries of the log that the file leaves out between its first and last: it was filtered, or they were taken out */
  left: number
  /** the last entry; what `audit verify --anchor` compares the log with */
  end: Anchor | null
  /** the first line that does not hold, from 1; null: all do */
  broken: { line: number; reason: 'unreadable' | 'changed' | 'order' } | null
}

/**
 * Checks an export of the log (JSON Lines) without the log, by the key of its chain: that each entry is as it was written, and stands
 * where it stood.
 */
export async function checkExport({ vault }: Pick<Platform, 'vault'>, lines: AsyncIterable<string>): Promise<ExportReport> {
  const report: ExportReport = { entries: 0, left: 0, end: null, broken: null }
  let line = 0
  for await (const text of lines) {
    line++
    const entry = read(text)
    if (!entry) return { ...report, broken: { line, reason: 'unreadable' } }
    const { position, before, hash, at, ...rest } = entry
    if (!holdsInChain(vault.auditKey, before, position, { ...rest, at: new Date(at) }, hash))
      return { ...report, broken: { line, reason: 'changed' } }
    const { end } = report
    if (end && position <= end.position) return { ...report, broken: { line, reason: 'order' } }
    if (end) report.left += position - end.position - 1
    report.entries++
    report.end = { position, hash }
  }
  return report
}

function read(text: string) {
  try {
    return exportedEntry.parse(JSON.parse(text))
  } catch {
    return null
  }
}
