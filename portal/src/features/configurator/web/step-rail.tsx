import { useEffect, useMemo, useRef } from 'react'
import { useLanguage, useTexts } from '#platform/web'
import { type ConfiguratorStep, type Place, type View, visibleOptions, withBoundUnits } from '../core/index.ts'
import style from './step-rail.module.css'
import { useOutline } from './use-configurator.ts'

interface StepRailProps {
  steps: readonly ConfiguratorStep[]
  at: number
  view: View
  onGo(index: number): void
}

/** The steps with what stands in each, ticked where the visitor chose something himself; on a phone a row that scrolls sideways. */
export function StepRail({ steps, at, view, onGo }: StepRailProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { model } = useOutline().index
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step on show is another element after each move
  useEffect(() => showInRow(current.current), [at])
  const decided = useMemo(
    () => new Set(view.decisions.map(decision => ('option' in decision ? decision.option : decision.number))),
    [view],
  )
  return (
    <nav className={style.rail} aria-label={t('page.steps')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.id}>
            <button
              type="button"
              ref={index === at ? current : null}
              aria-current={index === at ? 'step' : undefined}
              className={index === at ? style.here : ''}
              onClick={() => onGo(index)}
              data-step={step.id}
            >
              <span className={style.number}>{index + 1}</span>
              <span className={style.words}>
                <span className={style.name}>
                  {withBoundUnits(step.group.name[language])}
                  {isDecided(step) ? (
                    <span className={style.tick} role="img" aria-label={t('page.stepDecided')}>
                      ✓
                    </span>
                  ) : null}
                </span>
                <span className={style.choice}>{chosenIn(step)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <p className={style.keys}>{t('page.keys')}</p>
    </nav>
  )

  function isDecided({ places }: ConfiguratorStep): boolean {
    return places.some(({ group }) => decided.has(group.id) || visibleOptions(group).some(({ id }) => decided.has(id)))
  }

  /** What is chosen first in the step, and how many more. */
  function chosenIn({ places }: ConfiguratorStep): string {
    const chosen = places
      .flatMap(({ group }) => visibleOptions(group))
      .filter(({ id }) => view.selection.options[id] !== undefined)
    const [first] = chosen
    if (!first && model.untranslated) return whatIsThere(places)
    if (!first) return places.some(({ group }) => group.id in view.selection.numbers) ? '' : t('page.none')
    const name = withBoundUnits(first.name[language])
    return chosen.length === 1 ? name : t('page.andMore', { name, count: chosen.length - 1 })
  }
}

/** Imported steps often share a name: what they hold tells them apart. */
function whatIsThere(places: readonly Place[]): string {
  return places
    .flatMap(({ group }) => visibleOptions(group))
    .slice(0, 3)
    .map(({ name }) => name.en)
    .join(' · ')
}

/** Only the row of steps scrolls, never the page. */
function showInRow(button: HTMLElement | null) {
  const rail = button?.closest('nav')
  if (!button || !rail) return
  const [inner, outer] = [button.getBoundingClientRect(), rail.getBoundingClientRect()]
  rail.scrollBy({
    left: inner.left + inner.width / 2 - (outer.left + outer.width / 2),
    top: inner.top < outer.top ? inner.top - outer.top : Math.max(0, inner.bottom - outer.bottom),
  })
}
