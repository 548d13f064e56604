import type { Option } from '@fettle/engine'
import { OptionDrawing } from '#features/products/web'
import { Money, useLanguage, useTexts } from '#platform/web'
import { type Configuring, listed, type Reason, type Standing, type WayTo, withBoundUnits } from '../core/index.ts'
import style from './option-card.module.css'
import { OptionWays } from './option-ways.tsx'
import { usePainted } from './use-painted.ts'
import type { Prospect } from './use-prospects.ts'

interface OptionCardProps {
  configuring: Configuring
  option: Option
  /** radio: one of its group. checkbox: beside others */
  control: 'radio' | 'checkbox'
  /** the radio group's name */
  name: string
  stands: Standing
  prospect: Prospect | undefined
  onToggle(): void
  /** gives the visitor's own choice back to the standard; undefined where he made none */
  onRelease: (() => void) | undefined
  onRepair(decisions: WayTo['decisions']): void
  onPoint(option: string | null): void
}

/** One option: picture, name, what it is good for, price difference; when it cannot be had, why and what to change. */
export function OptionCard({
  configuring,
  option,
  control,
  name,
  stands,
  prospect,
  onToggle,
  onRelease,
  onRepair,
  onPoint,
}: OptionCardProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const painted = usePainted()
  const { model } = configuring.compiled
  const taken = stands === 'chosen' || stands === 'standard' || stands === 'forced'
  const excluded = stands === 'excluded'
  const plain = model.untranslated && !option.use
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
          type={control}
          name={name}
          className={style.control}
          checked={taken}
          disabled={excluded}
          onChange={onToggle}
          // A radio that is on by the standard alone makes no change when pressed, yet the visitor wants exactly this.
          onClick={control === 'radio' && stands === 'standard' ? onToggle : undefined}
          onFocus={() => onPoint(option.id)}
          onBlur={() => onPoint(null)}
        />
        {plain ? null : (
          <span className={style.picture} aria-hidden="true">
            {painted ? <OptionDrawing modelId={model.id} optionId={option.id} /> : null}
          </span>
        )}
        <span className={style.words}>
          <span className={style.name}>{withBoundUnits(option.name[language])}</span>
          <span className={style.line}>
            <span className={style.use}>{option.use ? withBoundUnits(option.use[language]) : null}</span>
            <Tag stands={stands} prospect={prospect} configuring={configuring} />
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
      {excluded ? <OptionWays {...{ configuring, option, prospect, onRepair }} /> : null}
    </li>
  )

  /** Which choices need it, and by which rule. */
  function needed(reason: Reason): string {
    const rule = reason.messages[0]?.[language] ?? ''
    if (reason.decisions.length === 0) return rule
    return t(rule ? 'page.neededByRule' : 'page.neededBy', {
      names: listed(configuring.compiled, reason.decisions, language),
      rule,
    })
  }
}

/** Neither a choice nor a rule that can be put into words: the product has it. */
const isAlways = ({ decisions, messages }: Reason) => decisions.length === 0 && messages.length === 0

/** What stands beside the name: how the option stands, or what taking it costs. */
function Tag({ stands, prospect, configuring }: Pick<OptionCardProps, 'stands' | 'prospect' | 'configuring'>) {
  const t = useTexts('configurator')
  const { model } = configuring.compiled
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
  if ((model.prices ?? []).length === 0) return null
  const difference = prospect?.difference
  if (difference === undefined) return <span className={`${style.tag} ${style.pending}`} aria-hidden="true" />
  return (
    <span className={`${style.tag} ${difference ? style.amount : ''}`}>
      {difference === null ? (
        t('page.onRequest')
      ) : difference === 0 ? (
        t('page.same')
      ) : (
        <Money amount={difference} currency={model.currency} difference />
      )}
    </span>
  )
}
