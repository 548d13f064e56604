import { type CellValue, normalizeEmail, normalizePhone } from '#platform/core'
import { isCreditCode, looksLikeCreditCode, plainCode } from './credit-code.ts'
import type { FindingCode } from './findings.ts'
import type { ColumnKind } from './form.ts'

/** What a cell says. value: null where nothing can be taken from it. */
export interface ReadValue {
  value: string | null
  finding?: FindingCode
}

/** Reads a filled cell as what its column holds. Dates become YYYY-MM-DD, phones E.164. */
export const readValue = (kind: ColumnKind, cell: Exclude<CellValue, null>): ReadValue => readers[kind](cell)

const readers: Record<ColumnKind, (cell: Exclude<CellValue, null>) => ReadValue> = {
  text: cell => ({ value: wordsOf(cell) }),
  code: readCode,
  phone: readPhone,
  email: readEmail,
  date: readDate,
  serial: readSerial,
}

/** A cell as words: one space between them, nothing invisible, a number without its exponent. */
export function wordsOf(cell: CellValue): string {
  if (cell === null) return ''
  if (cell instanceof Date) return isoDay(cell) ?? ''
  if (typeof cell === 'number') return Number.isInteger(cell) ? BigInt(cell).toString() : String(cell)
  return String(cell)
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Co}\uFFFD]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

function readCode(cell: Exclude<CellValue, null>): ReadValue {
  if (isLossy(cell)) return { value: null, finding: 'digits-lost' }
  const code = plainCode(wordsOf(cell))
  if (!looksLikeCreditCode(code)) return { value: code || null }
  return isCreditCode(code) ? { value: code } : { value: null, finding: 'code-wrong' }
}

function readPhone(cell: Exclude<CellValue, null>): ReadValue {
  if (isLossy(cell)) return { value: null, finding: 'digits-lost' }
  const numbers = wordsOf(cell)
    .normalize('NFKC')
    .split(/[/、,;]|\s或\s|\s{2,}/u)
    .map(part => normalizePhone(part.replace(/^(?:tel|phone|mobile|电话|手机|座机)\s*:?/iu, '').trim()))
  const whole = normalizePhone(wordsOf(cell).normalize('NFKC')) // 0519/88881234 is one
  const value = whole ?? numbers.find(number => number !== null) ?? null
  if (value === null) return { value, finding: 'phone-unclear' }
  return whole === null && numbers.length > 1 ? { value, finding: 'phone-first' } : { value }
}

function readEmail(cell: Exclude<CellValue, null>): ReadValue {
  const value = normalizeEmail(wordsOf(cell).replace(/^mailto:/i, ''))
  return /^[^\s@,;<>()"]+@[^\s@,;<>()"]+\.[^\s@,;<>()".]{2,}$/.test(value) ? { value } : { value: null, finding: 'email-wrong' }
}

/** Excel's day 0; days before March 1900 are off by one in it, and no machine is that old. */
const dayZero = Date.UTC(1899, 11, 30)
const dayMs = 86_400_000
const timeOfDay = /[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?Z?$/

function readDate(cell: Exclude<CellValue, null>): ReadValue {
  const unclear: ReadValue = { value: null, finding: 'date-unclear' }
  if (cell instanceof Date) return plausible(isoDay(cell)) ?? unclear
  if (typeof cell === 'number' && cell < 100_000)
    return plausible(isoDay(new Date(dayZero + Math.floor(cell) * dayMs))) ?? unclear
  const day = wordsOf(cell).slice(0, 60).normalize('NFKC').replace(timeOfDay, '').replaceAll(' ', '')
  const [, year, month, dayOfMonth] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(day) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(day) ?? []
  if (year === undefined) return unclear
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(dayOfMonth)
    ? (plausible(isoDay(date)) ?? unclear)
    : unclear
}

const plausible = (day: string | null): ReadValue | null =>
  day !== null && day >= '1950-01-01' && day < '2200-01-01' ? { value: day } : null

const isoDay = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10))

function readSerial(cell: Exclude<CellValue, null>): ReadValue {
  if (isLossy(cell)) return { value: null, finding: 'digits-lost' }
  return { value: wordsOf(cell).normalize('NFKC') || null }
}

/** Whether figures are lost: Excel keeps 15 of them, and what it shows as 1.38E+10 is often saved as that text. */
const isLossy = (cell: CellValue): boolean =>
  typeof cell === 'number'
    ? !Number.isInteger(cell) || Math.abs(cell) >= 1e15
    : typeof cell === 'string' && /^\s*\d+(?:\.\d+)?e\+\d+\s*$/i.test(cell.normalize('NFKC'))
