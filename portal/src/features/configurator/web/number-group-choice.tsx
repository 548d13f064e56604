import type { NumberGroup } from '@fettle/engine'
import { useMemo } from 'react'
import { useLanguage } from '#platform/web'
import { type Configuring, choose, outlook, reasonOf, reasonSentence, release, whyNot } from '../core/index.ts'
import { NumberChoice } from './number-choice.tsx'
import type { Take } from './use-configurator.ts'

/** A number of the model, with the reason where other choices leave less of its range. */
export function NumberGroupChoice({ configuring, group, take }: { configuring: Configuring; group: NumberGroup; take: Take }) {
  const language = useLanguage()
  const value = configuring.selection.numbers[group.id]
  const { domains, alternatives } = outlook(configuring)
  const possible = alternatives.numbers[group.id] ?? domains.numbers[group.id]?.values ?? []
  const own = configuring.state.decisions.find(decision => 'number' in decision && decision.number === group.id)
  const limit = possible.at(-1)?.max
  const why = useMemo(() => {
    if (limit === undefined || limit >= group.max) return undefined
    const { verdict, ...explanation } = whyNot(configuring, { number: group.id, value: group.max })
    if (verdict !== 'impossible' || explanation.rules.every(rule => !rule.message)) return undefined
    return reasonSentence(configuring.compiled, reasonOf(configuring.compiled, { verdict, ...explanation }, group.id), language)
  }, [configuring, group, limit, language])
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
      onChange={wish => take(choose(configuring, { number: group.id, value: wish }))}
      onRelease={own ? () => take(release(configuring, own)) : undefined}
    />
  )
}
