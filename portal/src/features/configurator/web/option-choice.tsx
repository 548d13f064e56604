import type { Option } from '@fettle/engine'
import { memo } from 'react'
import { useLanguage, useTexts } from '#platform/web'
import { type Configuring, choose, outlook, ownDecision, release, replace, standing, toggle } from '../core/index.ts'
import style from './choices.module.css'
import { NumberChoice } from './number-choice.tsx'
import { OptionCard } from './option-card.tsx'
import type { Take } from './use-configurator.ts'
import type { Prospect } from './use-prospects.ts'

interface OptionChoiceProps {
  configuring: Configuring
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
function PlainOptionChoice({ configuring, option, take, ...card }: OptionChoiceProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const pieces = configuring.selection.options[option.id]
  const own = ownDecision(configuring, option.id)
  return (
    <>
      <OptionCard
        {...card}
        configuring={configuring}
        option={option}
        stands={standing(configuring, option.id)}
        onToggle={() => take(toggle(configuring, option.id))}
        onRelease={own ? () => take(release(configuring, own)) : undefined}
        onRepair={decisions => take(replace(configuring, decisions, [{ option: option.id, chosen: true }]))}
      />
      {option.quantity && pieces !== undefined ? (
        <li className={style.quantity}>
          <NumberChoice
            label={`${option.name[language]}: ${t('page.quantity')}`}
            value={pieces}
            step={option.quantity.step ?? 1}
            range={option.quantity}
            possible={possiblePieces(configuring, option.id)}
            onChange={quantity => take(choose(configuring, { option: option.id, quantity }))}
          />
        </li>
      ) : null}
    </>
  )
}

function possiblePieces(configuring: Configuring, option: string) {
  const { domains, alternatives } = outlook(configuring)
  return alternatives.quantities[option] ?? domains.options[option]?.quantities ?? []
}
