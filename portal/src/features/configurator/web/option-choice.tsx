import type { Option } from '@fettle/engine'
import { memo } from 'react'
import { useLanguage, useTexts } from '#platform/web'
import { decisionIn, type Prospect, standingIn, type View } from '../core/index.ts'
import style from './choices.module.css'
import { NumberChoice } from './number-choice.tsx'
import { OptionCard } from './option-card.tsx'
import type { Take } from './use-configurator.ts'

interface OptionChoiceProps {
  view: View
  expected: View
  option: Option
  control: 'radio' | 'checkbox'
  name: string
  prospect: Prospect | undefined
  take: Take
  onPoint(option: string | null): void
}

/** Rendered again only when the configuration or what is known of this very option changes. */
export const OptionChoice = memo(PlainOptionChoice)

/** An option, and, while it is chosen and may come in pieces, how many of it. */
function PlainOptionChoice({ view, expected, option, take, ...card }: OptionChoiceProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const pieces = expected.selection.options[option.id]
  const own = decisionIn(view, option.id)
  return (
    <>
      <OptionCard
        {...card}
        option={option}
        stands={standingIn(view, option.id)}
        pressed={pieces !== undefined}
        onToggle={() => take({ act: 'toggle', option: option.id })}
        onRelease={own ? () => take({ act: 'release', decision: own }) : undefined}
        onRepair={decisions => take({ act: 'replace', decisions, asked: [{ option: option.id, chosen: true }] })}
      />
      {option.quantity && pieces !== undefined ? (
        <li className={style.quantity}>
          <NumberChoice
            label={`${option.name[language]}: ${t('page.quantity')}`}
            value={pieces}
            step={option.quantity.step ?? 1}
            range={option.quantity}
            possible={view.possible.pieces[option.id] ?? []}
            onChange={quantity => take({ act: 'choose', decision: { option: option.id, quantity } })}
          />
        </li>
      ) : null}
    </>
  )
}
