import type { Option } from '@fettle/engine'
import { useEffect, useRef } from 'react'
import { OptionDrawing } from '#features/products/web'
import { Money, useLanguage, useTexts } from '#platform/web'
import { listed, type Prospect, type Reason, type Standing, type WayTo, withBoundUnits } from '../core/index.ts'
import style from './option-card.module.css'
import { OptionWays } from './option-ways.tsx'
import { useOutline } from './use-configurator.ts'

interface OptionCardProps {
  option: Option
  /** radio: one of its group. checkbox: beside others */
  control: 'radio' | 'checkbox'
  /** the radio group's name */
  name: string
  stands: Standing
  /** the control is on; before `stands` says what follows from that */
  pressed: boolean
  prospect: Prospect | undefined
  onToggle(): void
  /** gives the visitor's own choice back to the standard; undefined where he made none */
  onRelease: (() => void) | undefined
  onRepair(decisions: WayTo['decisions']): void
  onPoint(option: string | null): void
}

/** One option: picture, name, what it is good for, price difference; when it cannot be had, why and what to change. */
export function OptionCard({
  option,
  control,
  name,
  stands,
  pressed,
  prospect,
  onToggle,
  onRelease,
  onRepair,
  onPoint,
}: OptionCardProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const outline = useOutline()
  const { model } = outline.index
  const taken = stands === 'chosen' || stands === 'standard' || stands === 'forced'
  const excluded = stands === 'excluded'
  const plain = model.untranslated && !option.use
  const input = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pressed before the page answered, once
  useEffect(() => {
    const early = input.current && input.current.checked !== pressed
    if (early && (input.current?.checked || control === 'checkbox')) onToggle()
  }, [])
  return (
    <li
      className={[style.card, taken && style.taken, excluded && style.excluded, plain && style.plain].filter(Boolean).join(' ')}
      onPointerEnter={() => onPoint(option.id)}
      onPointerLeave={() => onPoint(null)}
      data-option={option.id}
      data-standing={stands}
    >
      <label className={style.row}>
        <input
          ref={input}
          type={control}
          name={name}
          autoComplete="off" // else a browser that comes back puts its own memory over the configuration
          className={style.control}
          checked={pressed}
          disabled={excluded}
          onChange={onToggle}
          // A radio that is on by the standard alone makes no change when pressed, yet the visitor wants exactly this.
          onClick={control === 'radio' && stands === 'standard' ? onToggle : undefined}
          onFocus={() => onPoint(option.id)}
          onBlur={() => onPoint(null)}
        />
        {plain ? null : (
          <span className={style.picture} aria-hidden="true">
            <OptionDrawing modelId={model.id} optionId={option.id} />
          </span>
        )}
        <span className={style.words}>
          <span className={style.name}>{withBoundUnits(option.name[language])}</span>
          <span className={style.line}>
            <span className={style.use}>{option.use ? withBoundUnits(option.use[language]) : null}</span>
            <Tag stands={stands} prospect={prospect} />
          </span>
        </span>
      </label>
      {stands === 'chosen' && onRelease ? (
        <button
          type="button"
          className={style.release}
          onClick={onRelease}
          aria-label={t('page.releaseOf', { name: option.name[language] })}
        >
          {t('page.release')}
        </button>
      ) : null}
      {stands === 'forced' && prospect?.reason && !isAlways(prospect.reason) ? (
        <p className={style.reason}>{needed(prospect.reason)}</p>
      ) : null}
      {excluded ? <OptionWays {...{ option, prospect, onRepair }} /> : null}
    </li>
  )

  /** Which choices need it, and by which rule. */
  function needed(reason: Reason): string {
    const rule = reason.messages[0]?.[language] ?? ''
    if (reason.decisions.length === 0) return rule
    return t(rule ? 'page.neededByRule' : 'page.neededBy', {
      names: listed(outline, reason.decisions, language),
      rule,
    })
  }
}

/** Neither a choice nor a rule that can be put into words: the product has it. */
const isAlways = ({ decisions, messages }: Reason) => decisions.length === 0 && messages.length === 0

/** What stands beside the name: how the option stands, or what taking it costs. */
function Tag({ stands, prospect }: Pick<OptionCardProps, 'stands' | 'prospect'>) {
  const t = useTexts('configurator')
  const outline = useOutline()
  if (stands === 'forced' && prospect?.reason && isAlways(prospect.reason))
    return <span className={style.tag}>{t('page.always')}</span>
  if (stands !== 'open') {
    const words = {
      chosen: t('page.chosen'),
      standard: t('page.standard'),
      forced: t('page.forced'),
      excluded: t('page.excluded'),
    }[stands]
    return <span className={`${style.tag} ${style[`tag-${stands}`] ?? ''}`}>{words}</span>
  }
  // Without prices in the model nothing is known of any option; the summary says so once.
  if (!outline.priced) return null
  const difference = prospect?.difference
  if (difference === undefined) return <span className={`${style.tag} ${style.pending}`} aria-hidden="true" />
  return (
    <span className={`${style.tag} ${difference ? style.amount : ''}`}>
      {difference === null ? (
        t('page.onRequest')
      ) : difference === 0 ? (
        t('page.same')
      ) : (
        <Money amount={difference} currency={outline.index.model.currency} difference />
      )}
    </span>
  )
}
