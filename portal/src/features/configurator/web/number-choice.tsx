import type { Interval } from '@fettle/engine'
import { formatNumber, formatUnit } from '#platform/core'
import { QuantityField, useLanguage, useTexts } from '#platform/web'
import { nearestPossible } from '../core/index.ts'
import style from './choices.module.css'

interface NumberChoiceProps {
  label: string
  help?: string | undefined
  value: number
  step: number
  unit?: string | undefined
  /** what the model allows at all */
  range: { min: number; max: number }
  /** what is possible, this number's own decision aside */
  possible: readonly Interval[]
  /** why not more of the range is possible */
  why?: string | undefined
  onChange(value: number): void
  /** leaves the number to the standard again; undefined where it is */
  onRelease?: (() => void) | undefined
}

/** A number, or the pieces of an option: what is typed or stepped lands on the nearest possible value. */
export function NumberChoice({ label, help, value, step, unit, range, possible, why, onChange, onRelease }: NumberChoiceProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [first, last] = [possible[0], possible.at(-1)]
  const fixed = !first || !last || first.min === last.max
  const say = (n: number) => formatNumber(n, language)
  const values = possible
    .slice(0, 4)
    .map(({ min, max }) => (min === max ? say(min) : `${say(min)} – ${say(max)}`))
    .join(language === 'en' ? ', ' : '、')
  const unitText = unit ? `\u2009${formatUnit(unit, language)}` : ''
  return (
    <div className={style.number}>
      <div className={style.numberWords}>
        <span className={style.numberName}>{label}</span>
        {help ? <p className={style.help}>{help}</p> : null}
        <p className={style.help}>
          {fixed
            ? t(range.min === range.max ? 'page.fixedAlways' : 'page.fixed')
            : t('page.range', { range: `${values}${possible.length > 4 ? ' …' : ''}${unitText}` })}
        </p>
        {why ? <p className={style.help}>{why}</p> : null}
      </div>
      <div className={style.numberValue}>
        <QuantityField
          label={label}
          value={value}
          min={first?.min ?? value}
          max={last?.max ?? value}
          step={step}
          disabled={fixed}
          onChange={wish => onChange(nearestPossible(possible, wish, value))}
        />
        {unit ? <span className={style.unit}>{formatUnit(unit, language)}</span> : null}
        {onRelease ? (
          <button type="button" className={style.release} onClick={onRelease}>
            {t('page.release')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
