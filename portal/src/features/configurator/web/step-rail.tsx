import { useEffect, useRef } from 'react'
import { useLanguage, useTexts } from '#platform/web'
import { type Configuring, type ConfiguratorStep, visibleOptions } from '../core/index.ts'
import style from './configurator.module.css'

interface StepRailProps {
  steps: readonly ConfiguratorStep[]
  at: number
  configuring: Configuring
  onGo(index: number): void
}

/** The steps with what stands in each; on a phone a row that scrolls sideways. */
export function StepRail({ steps, at, configuring, onGo }: StepRailProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step on show is another element after each move
  useEffect(() => {
    void current.current?.scrollIntoView({ block: 'nearest', inline: 'center' }) // new browsers answer a promise, which is no clean-up
  }, [at])
  return (
    <nav className={style.rail} aria-label={t('page.steps')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.id}>
            <button
              type="button"
              ref={index === at ? current : null}
              aria-current={index === at ? 'step' : undefined}
              className={index === at ? style.railHere : ''}
              onClick={() => onGo(index)}
              data-step={step.id}
            >
              <span className={style.railNumber}>{index + 1}</span>
              <span className={style.railWords}>
                <span className={style.railName}>{step.group.name[language]}</span>
                <span className={style.railChoice}>{chosenIn(step)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )

  /** What is chosen in the step's own group, and how many more in those under it. */
  function chosenIn(step: ConfiguratorStep): string {
    const chosen = step.groups.map(group => visibleOptions(group).filter(option => configuring.selection.options[option.id] !== undefined))
    const flat = chosen.flat()
    const [first] = flat
    if (!first) return t('page.none')
    return flat.length === 1 ? first.name[language] : `${first.name[language]} +${flat.length - 1}`
  }
}
