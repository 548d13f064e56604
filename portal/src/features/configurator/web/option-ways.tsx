import type { Decision, Option } from '@fettle/engine'
import { useId } from 'react'
import { ActionButton, Money, useLanguage, useTexts } from '#platform/web'
import { listed, type Prospect, reasonSentence, type WayTo } from '../core/index.ts'
import { changeText, separator } from './change-text.ts'
import style from './option-card.module.css'
import { useOutline } from './use-configurator.ts'

interface OptionWaysProps {
  option: Option
  prospect: Prospect | undefined
  onRepair(decisions: WayTo['decisions']): void
}

const movesShown = 3

/** Why an option cannot be had, and what to give up for it, each way one press. */
export function OptionWays({ option, prospect, onRepair }: OptionWaysProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const id = useId()
  const outline = useOutline()
  if (!prospect?.reason) return <div className={`${style.reason} ${style.working}`}>{t('page.working')}</div>
  const ways = prospect.ways ?? []
  return (
    <div className={style.reason} data-reason={option.id}>
      {/* Without a way on there is nothing to press: the sentence itself can be reached, since a disabled choice cannot. */}
      <p id={id} {...(ways.length === 0 ? { tabIndex: 0, role: 'note', 'aria-label': option.name[language] } : {})}>
        {reasonSentence(outline, prospect.reason, language)}
        {ways.length === 0 && prospect.reason.decisions.length > 0 ? ` ${t('page.noRepair')}` : ''}
      </p>
      {ways.map(way => (
        <div key={JSON.stringify(way.gives)} className={style.way}>
          <ActionButton
            size="small"
            className={style.repair}
            onClick={() => onRepair(way.decisions)}
            data-repair={option.id}
            aria-describedby={id}
          >
            <span>{wayText(way)}</span>
            {way.difference === null ? null : (
              <span className={style.amount}>
                {way.difference === 0 ? (
                  t('page.same')
                ) : (
                  <Money amount={way.difference} currency={outline.index.model.currency} difference />
                )}
              </span>
            )}
          </ActionButton>
          {way.moves.length > 0 ? <p className={style.moves}>{t('page.movesToo', { moves: movesOf(way) })}</p> : null}
        </div>
      ))}
    </div>
  )

  function wayText({ gives, decisions }: WayTo): string {
    const refused = gives.filter(one => 'chosen' in one && !one.chosen)
    if (gives.length === 0) return t('page.repairPlain')
    const moved = gives.filter(one => 'number' in one)
    if (moved.length === gives.length) return t('page.repairNumber', { name: listed(outline, gives, language) })
    // A refusal is given up by allowing what was refused.
    if (refused.length === gives.length)
      return t('page.repairAllow', { allowed: listed(outline, refused.map(allowed), language) })
    return t(decisions.length > 0 ? 'page.repair' : 'page.repairPlain', { removed: listed(outline, gives, language) })
  }

  function movesOf({ moves }: WayTo): string {
    const said = moves.slice(0, movesShown).map(change => changeText(t, outline, change, language))
    const text = said.join(separator[language])
    return moves.length > movesShown ? t('page.movesMore', { moves: text, count: moves.length - movesShown }) : text
  }
}

const allowed = (decision: Decision): Decision => ('option' in decision ? { option: decision.option, chosen: true } : decision)
