import type { Decision, Group, Option } from '@fettle/engine'
import { useState } from 'react'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { choose, chooseNone, type Configuring, outlook, replace, type Step, standing, toggle, visibleOptions } from '../core/index.ts'
import style from './choices.module.css'
import { NumberChoice, stepOf } from './number-choice.tsx'
import { OptionCard } from './option-card.tsx'
import type { Prospect } from './use-prospects.ts'

interface GroupChoiceProps {
  configuring: Configuring
  group: Group
  /** the step's own group has its name in the panel's head already */
  titled: boolean
  prospects: ReadonlyMap<string, Prospect>
  /** only options whose name holds this text */
  filter: string
  take(step: Step | Configuring): void
  onPoint(option: string | null): void
}

/** Imported groups may hold hundreds of options: the first ones stand there, the rest on demand. */
const shownAtFirst = 40

/** One question of the model. */
export function GroupChoice({ configuring, group, titled, prospects, filter, take, onPoint }: GroupChoiceProps) {
  const language = useLanguage()
  const t = useTexts('configurator')
  const [all, setAll] = useState(false)
  if (group.kind === 'number') return <NumberGroupChoice configuring={configuring} group={group} take={take} />
  const matching = visibleOptions(group).filter(option => matches(option, filter))
  if (matching.length === 0) return null
  const shown = all ? matching : matching.slice(0, shownAtFirst)
  const control = group.kind === 'choose-one' ? 'radio' : 'checkbox'
  const optional = group.kind === 'choose-one' && group.optional
  const noneChosen = optional && !visibleOptions(group).some(option => configuring.selection.options[option.id] !== undefined)
  return (
    <fieldset className={style.group} data-group={group.id}>
      {group.kind === 'yes-no' ? (
        <legend className="visually-hidden">{group.name[language]}</legend>
      ) : (
        <legend className={titled ? 'visually-hidden' : style.legend}>
          {group.name[language]}
          {group.kind === 'choose-some' ? <span className={style.rule}>{ruleOf(group.min ?? 0, group.max ?? group.options.length, group.options.length)}</span> : null}
        </legend>
      )}
      {group.help ? <p className={style.help}>{group.help[language]}</p> : null}
      <ul className={style.options}>
        {optional && filter === '' ? (
          <li className={`${style.none} ${noneChosen ? style.noneTaken : ''}`}>
            <label>
              <input type="radio" name={group.id} checked={noneChosen} onChange={() => take(chooseNone(configuring, group.id))} />
              {t('page.none')}
            </label>
          </li>
        ) : null}
        {shown.map(option => (
          <OptionWithQuantity
            key={option.id}
            {...{ configuring, option, control, take, onPoint }}
            name={group.id}
            prospect={prospects.get(option.id)}
          />
        ))}
      </ul>
      {shown.length < matching.length ? (
        <ActionButton size="small" strength="quiet" onClick={() => setAll(true)}>
          {t('page.more', { count: matching.length - shown.length })}
        </ActionButton>
      ) : null}
    </fieldset>
  )

  function ruleOf(min: number, max: number, count: number): string {
    return min === 0 && max >= count ? t('page.chooseAny') : t('page.chooseSome', { min, max })
  }
}

interface OptionProps extends Pick<GroupChoiceProps, 'configuring' | 'take' | 'onPoint'> {
  option: Option
  control: 'radio' | 'checkbox'
  name: string
  prospect: Prospect | undefined
}

function OptionWithQuantity({ configuring, option, take, ...card }: OptionProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const pieces = configuring.selection.options[option.id]
  const { domains, alternatives } = outlook(configuring)
  return (
    <>
      <OptionCard
        {...card}
        configuring={configuring}
        option={option}
        stands={standing(configuring, option.id)}
        onToggle={() => take(toggle(configuring, option.id))}
        onRepair={(decisions: Decision[]) => take(replace(configuring, decisions))}
      />
      {option.quantity && pieces !== undefined ? (
        <li className={style.quantity}>
          <NumberChoice
            label={`${option.name[language]}: ${t('page.quantity')}`}
            value={pieces}
            step={option.quantity.step ?? 1}
            possible={alternatives.quantities[option.id] ?? domains.options[option.id]?.quantities ?? []}
            onChange={quantity => take(choose(configuring, { option: option.id, quantity }))}
          />
        </li>
      ) : null}
    </>
  )
}

function NumberGroupChoice({ configuring, group, take }: { configuring: Configuring; group: Group & { kind: 'number' }; take: GroupChoiceProps['take'] }) {
  const language = useLanguage()
  const { domains, alternatives } = outlook(configuring)
  const value = configuring.selection.numbers[group.id]
  if (value === undefined) return null
  return (
    <div data-group={group.id}>
      <NumberChoice
        label={group.name[language]}
        help={group.help?.[language]}
        value={value}
        step={stepOf(group)}
        unit={group.unit}
        possible={alternatives.numbers[group.id] ?? domains.numbers[group.id]?.values ?? []}
        onChange={wish => take(choose(configuring, { number: group.id, value: wish }))}
      />
    </div>
  )
}

const matches = (option: Option, filter: string): boolean => {
  const text = filter.trim().toLowerCase()
  return text === '' || option.name['zh-CN'].toLowerCase().includes(text) || option.name.en.toLowerCase().includes(text)
}
