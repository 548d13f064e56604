import type { Compiled, Option } from '@fettle/engine'
import { OptionDrawing } from '#features/products/web'
import { ActionButton, Money, useLanguage, useTexts } from '#platform/web'
import { type Configuring, decisionText, type Standing } from '../core/index.ts'
import style from './option-card.module.css'
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
  onRepair(decisions: NonNullable<Prospect['repairs']>[number]['decisions']): void
  onPoint(option: string | null): void
}

/** One option: picture, name, what it is good for, price difference; when it cannot be had, why and what to change. */
export function OptionCard({ configuring, option, control, name, stands, prospect, onToggle, onRepair, onPoint }: OptionCardProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { compiled } = configuring
  const taken = stands === 'chosen' || stands === 'standard' || stands === 'forced'
  const excluded = stands === 'excluded'
  return (
    <li
      className={`${style.card} ${taken ? style.taken : ''} ${excluded ? style.excluded : ''}`}
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
          onClick={control === 'radio' && stands === 'chosen' ? onToggle : undefined}
          onFocus={() => onPoint(option.id)}
          onBlur={() => onPoint(null)}
        />
        <span className={style.picture} aria-hidden="true">
          <OptionDrawing modelId={compiled.model.id} optionId={option.id} />
        </span>
        <span className={style.words}>
          <span className={style.name}>{option.name[language]}</span>
          {option.use ? <span className={style.use}>{option.use[language]}</span> : null}
        </span>
        <span className={style.aside}>
          <PriceTag compiled={compiled} stands={stands} prospect={prospect} />
          <Mark stands={stands} />
        </span>
      </label>
      {stands === 'forced' && prospect?.reason ? <p className={style.reason}>{prospect.reason.sentences[0]?.[language]}</p> : null}
      {excluded ? (
        <div className={style.reason} aria-live="polite">
          {prospect?.reason ? (
            prospect.reason.sentences.slice(0, 2).map(sentence => <p key={sentence.en}>{sentence[language]}</p>)
          ) : (
            <p className={style.working}>{t('page.working')}</p>
          )}
          {prospect?.repairs?.map(({ remove, decisions, difference }) => (
            <ActionButton key={JSON.stringify(remove)} size="small" className={style.repair} onClick={() => onRepair(decisions)} data-repair={option.id}>
              <span>{repairLabel(compiled, remove)}</span>
              {difference === null ? null : (
                <span className={style.difference}>
                  <Money amount={difference} currency={compiled.model.currency} difference />
                </span>
              )}
            </ActionButton>
          ))}
          {prospect?.repairs?.length === 0 ? <p>{t('page.noRepair')}</p> : null}
        </div>
      ) : null}
    </li>
  )

  function repairLabel(of: Compiled, remove: readonly Parameters<typeof decisionText>[1][]): string {
    const [first] = remove
    if (!first) return t('page.repairPlain')
    const removed = decisionText(of, first, language)
    return remove.length === 1 ? t('page.repair', { removed }) : t('page.repairMore', { removed, count: remove.length })
  }
}

function PriceTag({ compiled, stands, prospect }: { compiled: Compiled; stands: Standing; prospect: Prospect | undefined }) {
  const t = useTexts('configurator')
  if (stands === 'excluded') return null
  if (stands !== 'open') return <span className={style.included}>{t('page.included')}</span>
  const difference = prospect?.difference
  if (difference === undefined) return <span className={style.pending} aria-hidden="true" />
  if (difference === null) return <span className={style.included}>{t('page.onRequest')}</span>
  if (difference === 0) return <span className={style.included}>{t('page.same')}</span>
  return (
    <span className={style.difference}>
      <Money amount={difference} currency={compiled.model.currency} difference />
    </span>
  )
}

function Mark({ stands }: { stands: Standing }) {
  const t = useTexts('configurator')
  const words = { chosen: t('page.chosen'), standard: t('page.standard'), forced: t('page.forced'), excluded: t('page.excluded'), open: '' }[stands]
  return words ? <span className={`${style.mark} ${style[stands] ?? ''}`}>{words}</span> : null
}
