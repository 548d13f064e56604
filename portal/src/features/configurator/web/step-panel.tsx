import type { Group } from '@fettle/engine'
import { useState } from 'react'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { type Configuring, type ConfiguratorStep, type Step, visibleOptions } from '../core/index.ts'
import style from './configurator.module.css'
import { GroupChoice } from './group-choice.tsx'
import type { Prospect } from './use-prospects.ts'

interface StepPanelProps {
  step: ConfiguratorStep
  /** those that count now */
  groups: readonly Group[]
  configuring: Configuring
  prospects: ReadonlyMap<string, Prospect>
  position: { at: number; count: number }
  previous: string | undefined
  next: string | undefined
  take(step: Step | Configuring): void
  onGo(by: 1 | -1): void
  onPoint(option: string | null): void
}

/** A step with so many options gets a field to find one. */
const manyOptions = 24

export function StepPanel({ step, groups, position, previous, next, onGo, ...choice }: StepPanelProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [filter, setFilter] = useState('')
  const options = groups.reduce((count, group) => count + visibleOptions(group).length, 0)
  return (
    <>
      <header className={style.panelHead}>
        <p className={style.panelStep}>{t('page.step', { number: position.at + 1, count: position.count })}</p>
        <h2>{step.group.name[language]}</h2>
        {step.group.help ? <p className={style.panelHelp}>{step.group.help[language]}</p> : null}
      </header>
      {options > manyOptions ? (
        <input
          type="search"
          className={style.filter}
          placeholder={t('page.filter')}
          aria-label={t('page.filter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
      ) : null}
      <div className={style.groups}>
        {groups.map(group => (
          <GroupChoice key={group.id} {...choice} group={group} titled={group.id === step.id} filter={filter} />
        ))}
      </div>
      <div className={style.moves}>
        {previous === undefined ? <span /> : <ActionButton onClick={() => onGo(-1)}>{t('page.previous')}</ActionButton>}
        {next === undefined ? null : <ActionButton onClick={() => onGo(1)}>{t('page.next', { name: next })}</ActionButton>}
      </div>
    </>
  )
}
