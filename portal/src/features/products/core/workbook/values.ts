import type { CellValue } from './sheet.ts'

/**
 * What people write in cells, and what is meant. Everything written by the functions `write…` is read again as it was.
 * A text that would not be (spaces at its ends, a # before it, characters no file can hold) stands in double quotes, as in JSON.
 */

/** A cell as text; undefined: empty. null: a date, which is no text. */
export function readText(cell: CellValue | undefined): string | undefined | null {
  if (cell === null || cell === undefined) return undefined
  if (cell instanceof Date) return null
  if (typeof cell !== 'string') return String(cell)
  const trimmed = cell.trim()
  if (trimmed === '') return undefined
  return unquoted(trimmed) ?? lines(trimmed)
}

export function writeText(text: string): string {
  return readText(text) === text && !marked.test(text) && !unwritable.test(text) && text.isWellFormed() ? text : quoted(text)
}

/** A formula of the model: never in quotes of its own, since formulas use them. */
export function readFormula(cell: CellValue | undefined): string | undefined | null {
  if (cell instanceof Date) return null
  return cell === null || cell === undefined || String(cell).trim() === '' ? undefined : tidyFormula(String(cell))
}

/** Spaces and line breaks as a cell keeps them. They mean nothing in a formula. */
export const tidyFormula = (text: string): string => lines(text.trim())

/** Ids separated by commas, semicolons, 、 or lines; one that holds such a sign stands in double quotes. */
export function readList(text: string): string[] {
  const items: string[] = []
  let quotes = true
  for (let at = 0; at < text.length; ) {
    if (betweenItems.test(text[at]!)) {
      at++
      continue
    }
    const closed = quotes && text[at] === '"' ? closingQuote(text, at) : -1
    if (text[at] === '"' && closed < 0) quotes = false // none that follows can close either
    const length = closed < 0 ? text.slice(at).search(separator) : closed + 1 - at
    const end = length < 0 ? text.length : at + length
    const item = text.slice(at, end).trim()
    items.push(unquoted(item) ?? item)
    at = end
  }
  return items.filter(item => item !== '')
}

const separator = /[,，;；、\r\n]/
const betweenItems = /[\s,，;；、]/

/** Where the quotes that begin at a place close; -1: nowhere. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return -1
}

export const writeList = (items: readonly string[], between = '\n'): string =>
  items.map(item => (/[,，;；、"]/.test(item) || writeText(item) !== item ? quoted(item) : item)).join(between)

const yes = new Set(['是', 'yes', 'y', 'true', '1', '✓', '✔', '√', '有'])
const no = new Set(['否', 'no', 'n', 'false', '0', '✗', '✘', '×', '无'])

export const yesNo = { true: '是 yes', false: '否 no' } as const

/** undefined: neither. */
export function readYesNo(cell: CellValue): boolean | undefined {
  const words = plain(String(cell)).split(' ')
  if (words.every(word => yes.has(word))) return true
  return words.every(word => no.has(word)) ? false : undefined
}

const fits = new Set([...yes, '●', '○', '◎', 'o', '可', '可选', '标配'])
const fitsNot = new Set([...no, '-', '—', '–', '/', '不可', ''])

/** A mark in a matrix: whether the two go together. undefined: not known. */
export function readMark(cell: CellValue | undefined): boolean | undefined {
  const mark = plain(String(cell ?? ''))
  if (fits.has(mark) || readYesNo(mark) === true) return true
  return fitsNot.has(mark) || mark === 'x' || readYesNo(mark) === false ? false : undefined
}

/**
 * A number as people type it: thousands separated by commas, full-width digits, spaces around, a sign of currency before or after.
 * undefined: no number.
 */
export function readNumber(cell: CellValue): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  if (typeof cell !== 'string') return undefined
  const text = cell
    .normalize('NFKC')
    .replace(/[\s¥￥$€£元]/g, '')
    .replace(/[−–]/g, '-')
  const whole = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(whole) ? Number(whole) : undefined
}

/**
 * A percentage: 13, "13%", or 0.13 that is shown as 13%. "unclear": a bare fraction below one, by which 13 percent may be meant as well
 * as 0.13. undefined: no number.
 */
export function readPercent(cell: CellValue, shownAsPercentage: boolean): number | 'unclear' | undefined {
  if (typeof cell === 'number' && shownAsPercentage) return hundredfold(cell)
  const signed = typeof cell === 'string' ? /^(.*?)[%％]\s*$/s.exec(cell)?.[1] : undefined
  if (signed !== undefined) return readNumber(signed)
  const value = readNumber(cell)
  return value !== undefined && value !== 0 && Math.abs(value) < 1 ? 'unclear' : value
}

/** As `readPercent` reads it again. */
export const writePercent = (percent: number): CellValue => (percent !== 0 && Math.abs(percent) < 1 ? `${percent}%` : percent)

/** In decimals: 0.07 is 7, not 7.000000000000001. Spreadsheets keep 15 digits. */
export function hundredfold(value: number): number {
  const [digits, power = '0'] = String(Number(value.toPrecision(15))).split('e')
  return Number(`${digits}e${Number(power) + 2}`)
}

/** An amount in major units as minor units; undefined where it has more digits than the currency. */
export function minorUnits(amount: number, digits: number): number | undefined {
  const [mantissa = '', exponent = '0'] = String(amount).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = digits + Number(exponent) - fraction.length
  return shift < 0 ? undefined : Number(`${whole}${fraction}e${shift}`)
}

export const majorUnits = (amount: number, digits: number): number => Number(`${amount}e-${digits}`)

/** What is compared where names are recognised: no capitals, no full-width forms, no marks. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*:()[\]"'“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** What a spreadsheet shows where it could not compute. */
export const isErrorValue = (cell: CellValue | undefined): cell is string =>
  typeof cell === 'string' && /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/.test(cell)

/** Signs at whose sight a whole row is taken for a remark. */
const marked = /^[#※]/
export const isRemark = (cell: CellValue | undefined): boolean =>
  typeof cell === 'string' && marked.test(cell.trim()) && !isErrorValue(cell)

/** What XML cannot hold, and what OOXML would take for an escape. */
const unwritable = /[^\P{Cc}\t\n]|[\ufffe\uffff]|_x[\da-f]{4}_/iu

const lines = (text: string) => text.replace(/\r\n?/g, '\n')

/** In double quotes, with escapes for what no file holds. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\ufffe\uffff]|_(?=x[\da-f]{4}_)/gi,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

function unquoted(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return undefined
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}
