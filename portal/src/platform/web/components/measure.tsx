import { formatLargeNumber, formatMoney, formatMoneyDifference, formatNumber, formatUnit } from '#platform/core'
import { useLanguage } from '../i18n/index.ts'
import style from './measure.module.css'

/** A number with its unit, the unit lighter after a thin space. `decimals` fixes the digits after the point. */
export function Measure({ value, unit, decimals }: { value: number; unit?: string | undefined; decimals?: number | undefined }) {
  const language = useLanguage()
  return (
    <span className={style.measure}>
      {formatNumber(value, language, decimals)}
      {unit ? <span className={style.unit}>{`\u2009${formatUnit(unit, language)}`}</span> : null}
    </span>
  )
}

/** A whole number in decimal notation, however long it is. */
export function LargeNumber({ digits }: { digits: string }) {
  const { written, power } = formatLargeNumber(digits, useLanguage())
  return (
    <span className={style.measure}>
      {written}
      {power === undefined ? null : <sup>{power}</sup>}
    </span>
  )
}

/** Money in minor units; with `difference` it carries its sign. */
export function Money({ amount, currency, difference = false }: { amount: number; currency: string; difference?: boolean }) {
  const language = useLanguage()
  return <span className={style.measure}>{(difference ? formatMoneyDifference : formatMoney)(amount, currency, language)}</span>
}
