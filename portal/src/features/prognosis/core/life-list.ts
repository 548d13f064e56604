import type { CellValue, LocalizedText } from '#platform/core'

/** Columns of the list, in the order of the template; found by their heading in either language. */
export const lifeColumns = ['serial', 'began', 'ended', 'ending'] as const
export type LifeColumn = (typeof lifeColumns)[number]

export const lifeHeadings: Record<LifeColumn, LocalizedText> = {
  serial: { 'zh-CN': '机器序列号', en: 'Serial number' },
  began: { 'zh-CN': '装上日期', en: 'Installed on' },
  ended: { 'zh-CN': '结束日期', en: 'Ended on' },
  ending: { 'zh-CN': '结果', en: 'Ending' },
}

/** What may stand under Ending; the first of each is what the template says. */
export const endingWords = {
  failed: ['故障', 'failed', '发生故障', '失效'],
  censored: ['未故障更换', 'replaced', '预防性更换', '未故障即更换', 'preventive', 'censored', '其他', 'other'],
} as const

/** What can be wrong with a row. */
export const rowFaults = [
  'no-serial',
  'unknown-machine',
  'no-date',
  'not-after',
  'to-come',
  'no-ending',
  'twice',
  'known',
] as const
export type RowFault = (typeof rowFaults)[number]

/** A row as it was read. Days are YYYY-MM-DD; null: it cannot be read */
export interface ReadLife {
  /** as Excel counts */
  row: number
  serial: string
  beganOn: string | null
  endedOn: string | null
  ending: 'failed' | 'censored' | null
  faults: { column: LifeColumn; fault: RowFault }[]
}

/** The rows below the first row that has all headings; null: there is none. Empty rows are passed over. today: YYYY-MM-DD */
export function readLives(rows: readonly (readonly CellValue[] | undefined)[], today: string): ReadLife[] | null {
  const head = rows.findIndex(row => row && lifeColumns.every(column => placeOf(row, column) >= 0))
  if (head < 0) return null
  const places = lifeColumns.map(column => placeOf(rows[head]!, column))
  return rows.slice(head + 1).flatMap((row, i) => {
    const cells = places.map(place => row?.[place] ?? null)
    return cells.every(cell => cell === null || cell === '') ? [] : [readRow(cells, head + i + 2, today)]
  })
}

/** A heading may be in one language, or as in the template in both. */
const placeOf = (row: readonly CellValue[], column: LifeColumn): number =>
  row.findIndex(cell =>
    Object.values(lifeHeadings[column]).some(heading => wordsOf(cell).toLowerCase().includes(heading.toLowerCase())),
  )

function readRow([serialCell, beganCell, endedCell, endingCell]: CellValue[], row: number, today: string): ReadLife {
  const [serial, said] = [wordsOf(serialCell!), wordsOf(endingCell!).toLowerCase()]
  const [beganOn, endedOn] = [dayOf(beganCell!), dayOf(endedCell!)]
  const ending = (['failed', 'censored'] as const).find(one => (endingWords[one] as readonly string[]).includes(said)) ?? null
  const faults: ReadLife['faults'] = []
  const fault = (column: LifeColumn, fault: RowFault) => faults.push({ column, fault })
  if (serial === '') fault('serial', 'no-serial')
  if (beganOn === null) fault('began', 'no-date')
  if (endedOn === null) fault('ended', 'no-date')
  else if (endedOn > today) fault('ended', 'to-come')
  else if (beganOn !== null && endedOn <= beganOn) fault('ended', 'not-after')
  if (ending === null) fault('ending', 'no-ending')
  return { row, serial, beganOn, endedOn, ending, faults }
}

const wordsOf = (cell: CellValue): string =>
  cell === null || cell instanceof Date
    ? ''
    : typeof cell === 'number'
      ? cell.toLocaleString('en', { useGrouping: false })
      : String(cell).trim()

/** A day of the calendar: a date of Excel, or 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日. */
function dayOf(cell: CellValue): string | null {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10)
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(wordsOf(cell).replaceAll(' ', '')) ?? []
  if (!year) return null
  const text = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const at = new Date(`${text}T00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null
}
