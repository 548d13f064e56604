import { createHash } from 'node:crypto'
import { parseCsv } from 'hucre/csv'
import type { IncomingFile } from '../core/index.ts'
import { fileRefused } from './files-refused.ts'
import type { Platform } from './platform.ts'
import { type IncomingWorkbook, readWorkbook, type WorkbookBounds } from './read-workbook.ts'

/**
 * Reads a stranger's table: an .xlsx as `readWorkbook` does, or a .csv as one sheet of texts. Its bytes are in memory: the endpoint bounds them.
 * Throws file-refused.
 */
export async function readTableFile(
  platform: Pick<Platform, 'config'>,
  incoming: IncomingFile,
  bounds: Pick<WorkbookBounds, 'rows' | 'columns'>,
): Promise<IncomingWorkbook> {
  if (!/\.csv$/i.test(incoming.name)) return readWorkbook(platform, incoming, bounds)
  const pieces: Uint8Array[] = []
  for await (const piece of incoming.content) pieces.push(piece)
  const content = Buffer.concat(pieces)
  if (content.length === 0) throw fileRefused('empty')
  // one row more tells that there are too many
  const rows = parseCsv(decoded(content), { maxRows: bounds.rows + 1 }).map(row =>
    row.slice(0, bounds.columns).map(cell => (cell === '' ? null : cell)),
  )
  const sheet = { name: 'CSV', rows, merges: [], unsolved: new Set<string>() }
  return { sheets: [sheet], bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}

/** UTF-8, or what Chinese Excel writes where it does not say otherwise. */
function decoded(content: Buffer): string {
  if (content.includes(0)) throw fileRefused('no-table')
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content)
    } catch {
      // the next one
    }
  throw fileRefused('no-table')
}
