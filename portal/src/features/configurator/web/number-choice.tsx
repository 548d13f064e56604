import type { Interval, NumberGroup } from '@fettle/engine'
import { formatNumber, formatUnit } from '#platform/core'
import { QuantityField, useLanguage, useTexts } from '#platform/web'
import style from './choices.module.css'

interface NumberChoiceProps {
  label: string
  help?: string | undefined
  value: number
  step: number
  unit?: string | undefined
  /** what is possible, this number's own decision aside */
  possible: readonly Interval[]
  onChange(value: number): void
}

/** A number of the model, or the pieces of an option: what is typed or stepped lands on the nearest possible value. */
export function NumberChoice({ label, help, value, step, unit, possible, onChange }: NumberChoiceProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [first, last] = [possible[0], possible.at(-1)]
  const fixed = !first || !last || first.min === last.max
  const say = (n: number) => formatNumber(n, language)
  const range = possible
    .slice(0, 4)
    .map(({ min, max }) => (min === max ? say(min) : `${say(min)} – ${say(max)}`))
    .join(language === 'en' ? ', ' : '、')
  return (
    <div className={style.number}>
      <div>
        <span className={style.numberName}>{label}</span>
        {help ? <p className={style.help}>{help}</p> : null}
        <p className={style.help}>
          {fixed ? t('page.fixed') : t('page.range', { range: `${range}${possible.length > 4 ? ' …' : ''}` })}
          {!fixed && unit ? `\u2009${formatUnit(unit, language)}` : ''}
        </p>
      </div>
      <div className={style.numberValue}>
        <QuantityField
          label={label}
          value={value}
          min={first?.min ?? value}
          max={last?.max ?? value}
          step={step}
          disabled={fixed}
          onChange={wish => onChange(nearest(possible, wish, value))}
        />
        {unit ? <span className={style.unit}>{formatUnit(unit, language)}</span> : null}
      </div>
    </div>
  )
}

/** The possible value nearest to the wish; between two equally near, the one in the direction of the change. */
function nearest(possible: readonly Interval[], wish: number, from: number): number {
  let best = from
  let distance = Number.POSITIVE_INFINITY
  for (const { min, max } of possible) {
    const candidate = Math.min(max, Math.max(min, wish))
    const away = Math.abs(candidate - wish)
    if (away < distance || (away === distance && Math.sign(candidate - from) === Math.sign(wish - from))) {
      best = candidate
      distance = away
    }
  }
  return best
}

export const stepOf = (group: NumberGroup): number => group.step ?? 1
