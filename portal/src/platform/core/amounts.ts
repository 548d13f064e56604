import type { Language } from './language.ts'

/** Amount in minor units as a person reads it: '¥628,000', '¥1,280.50'. Whole amounts without decimals. */
export function formatMoney(amount: number, currency: string, language: Language): string {
  return moneyFormat(currency, language, 'auto').format(fromMinor(amount, currency))
}

/** A price difference: '+¥12,800', '−¥3,000'. Zero is '¥0': the caller says "included". */
export function formatMoneyDifference(amount: number, currency: string, language: Language): string {
  return moneyFormat(currency, language, 'exceptZero').format(fromMinor(amount, currency)).replace('-', '−')
}

/** Decimal digits of a currency's minor unit: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** A number with grouping: '18,000', '0.005'. `decimals` fixes the digits after the point; without it as many as the number has, 6 at most. */
export function formatNumber(value: number, language: Language, decimals?: number): string {
  const digits =
    decimals === undefined ? { maximumFractionDigits: 6 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return numberFormat(language, digits).format(value).replace('-', '−')
}

/** Digits up to which a whole number is written out. */
const writtenOut = 15

/** A whole number that may be beyond all measure: '1,234', or '5.43 × 10' to a power. digits: in decimal notation */
export function formatLargeNumber(digits: string, language: Language): { written: string; power?: number } {
  if (digits.length <= writtenOut) return { written: new Intl.NumberFormat(language).format(BigInt(digits)) }
  const rounded = Number(`${digits[0]}.${digits.slice(1, 4)}`).toFixed(2)
  const power = digits.length - 1
  return rounded === '10.00' ? { written: '1.00 × 10', power: power + 1 } : { written: `${rounded} × 10`, power }
}

/** The size of a file, which stays on one line: '840 kB', '2.5 MB'. */
export function formatBytes(bytes: number, language: Language): string {
  const [size, unit] = bytes < 1_000_000 ? [Math.max(1, Math.ceil(bytes / 1000)), 'kB'] : [bytes / 1_000_000, 'MB']
  return `${numberFormat(language, { maximumFractionDigits: unit === 'MB' ? 1 : 0 }).format(size)}\u00a0${unit}`
}

/** A unit as it is printed: 'rpm' for '1/min', 'm³' for 'm3'. Unknown symbols stand as they are. */
export function formatUnit(unit: string, language: Language): string {
  return printedUnits[unit]?.[language] ?? unit.replace(/([a-z])2(?=$|[^\d])/g, '$1²').replace(/([a-z])3(?=$|[^\d])/g, '$1³')
}

const same = (text: string): Record<Language, string> => ({ 'zh-CN': text, en: text })
const printedUnits: Record<string, Record<Language, string>> = {
  '1/min': same('rpm'),
  um: same('µm'),
  Cel: same('°C'),
  deg: same('°'),
  'N.m': same('N·m'),
  Nm: same('N·m'),
  d: { 'zh-CN': '天', en: 'days' },
  wk: { 'zh-CN': '周', en: 'weeks' },
  mo: { 'zh-CN': '个月', en: 'months' },
}

/** A date in the reader's language: '2026年11月21日', '21 November 2026'. `zone` is an IANA time zone. */
export function formatDate(at: Date | string, language: Language, zone: string): string {
  return dateFormat(language, { dateStyle: 'long', timeZone: zone }).format(new Date(at))
}

/** A day without a time, YYYY-MM-DD, as `formatDate` writes it. */
export const formatDay = (day: string, language: Language): string => formatDate(`${day}T00:00:00Z`, language, 'UTC')

/** Date and minute: '2026/11/21 14:05', '21 Nov 2026, 14:05'. */
export function formatTime(at: Date | string, language: Language, zone: string): string {
  const style: Intl.DateTimeFormatOptions =
    language === 'zh-CN'
      ? { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }
      : { dateStyle: 'medium', timeStyle: 'short' }
  return dateFormat(language, { ...style, timeZone: zone }).format(new Date(at))
}

/** As `formatTime`, to the second. */
export function formatExactTime(at: Date | string, language: Language, zone: string): string {
  const style: Intl.DateTimeFormatOptions =
    language === 'zh-CN'
      ? { ...{ year: 'numeric', month: '2-digit', day: '2-digit' }, ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' } }
      : { dateStyle: 'medium', timeStyle: 'medium' }
  return dateFormat(language, { ...style, timeZone: zone }).format(new Date(at))
}

const locales: Record<Language, string> = { 'zh-CN': 'zh-CN', en: 'en-GB' }
const fromMinor = (amount: number, currency: string) => amount / 10 ** minorDigits(currency)

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()
function once<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => Format): Format {
  const known = formats.get(key) as Format | undefined
  if (known) return known
  const made = make()
  formats.set(key, made)
  return made
}

const moneyFormat = (currency: string, language: Language, signDisplay: 'auto' | 'exceptZero') =>
  once(`money ${currency} ${language} ${signDisplay}`, () => {
    const options = {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay: 'stripIfInteger',
      signDisplay,
    } as const
    return new Intl.NumberFormat(locales[language], options)
  })
const numberFormat = (language: Language, options: Intl.NumberFormatOptions) =>
  once(`number ${language} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locales[language], options))
const dateFormat = (language: Language, options: Intl.DateTimeFormatOptions) =>
  once(`date ${language} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locales[language], options))
