import type { NumberGroup } from '@fettle/engine'
import { useLanguage } from '#platform/web'
import { decisionIn, type Prospect, reasonSentence, type View } from '../core/index.ts'
import { NumberChoice } from './number-choice.tsx'
import { type Take, useOutline } from './use-configurator.ts'

interface NumberGroupChoiceProps {
  view: View
  expected: View
  group: NumberGroup
  prospect: Prospect | undefined
  take: Take
}

/** A number of the model, with the reason where other choices leave less of its range. */
export function NumberGroupChoice({ view, expected, group, prospect, take }: NumberGroupChoiceProps) {
  const language = useLanguage()
  const outline = useOutline()
  const value = expected.selection.numbers[group.id]
  const possible = view.possible.numbers[group.id] ?? []
  const own = decisionIn(view, group.id)
  const why = prospect?.reason ? reasonSentence(outline, prospect.reason, language) : undefined
  if (value === undefined) return null
  return (
    <NumberChoice
      label={group.name[language]}
      help={group.help?.[language]}
      value={value}
      step={group.step ?? 1}
      unit={group.unit}
      range={group}
      possible={possible}
      why={why}
      onChange={wish => take({ act: 'choose', decision: { number: group.id, value: wish } })}
      onRelease={own ? () => take({ act: 'release', decision: own }) : undefined}
    />
  )
}
