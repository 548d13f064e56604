import { useDeferredValue, useMemo, useState } from 'react'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { type ConfiguratorStep, type Place, shownPlaces, type View, visibleOptions, withBoundUnits } from '../core/index.ts'
import style from './configurator.module.css'
import type { EngineClient } from './engine-client.ts'
import { cut, searchIn, sizeOf } from './find-places.ts'
import { GroupChoice } from './group-choice.tsx'
import { type Take, useOutline, useProspects } from './use-configurator.ts'

interface StepPanelProps {
  step: ConfiguratorStep
  view: View
  /** how controls stand while an answer is awaited */
  expected: View
  client: EngineClient
  position: { at: number; count: number }
  previous: string | undefined
  next: string | undefined
  take: Take
  onGo(by: 1 | -1): void
  onPoint(option: string | null): void
  /** after the last step; absent where nothing is asked for */
  onInquire?: (() => void) | undefined
}

/** A step with so many options gets a field to find one. */
const manyOptions = 24
/** Imported steps may hold hundreds of options: so many stand there at first, the rest on demand. */
const atOnce = 40

/** The questions of one step. */
export function StepPanel({
  step,
  view,
  expected,
  client,
  position,
  previous,
  next,
  take,
  onGo,
  onPoint,
  onInquire,
}: StepPanelProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(atOnce)
  const filter = useDeferredValue(typed.trim().toLowerCase())
  const { selection } = view
  const { model } = useOutline().index
  const found: Place[] = useMemo(
    () => (filter === '' ? shownPlaces(step, selection) : searchIn(step, filter)),
    [step, selection, filter],
  )
  const shown = useMemo(() => cut(found, limit, selection), [found, limit, selection])
  const ids = useMemo(
    () => shown.flatMap(({ group, options }) => (group.kind === 'number' ? [group.id] : options.map(({ id }) => id))),
    [shown],
  )
  const { prospects, ready } = useProspects(client, ids)
  const hidden = sizeOf(found) - sizeOf(shown.map(({ group, options }) => ({ group, options })))
  const searchable = useMemo(
    () => step.places.reduce((sum, { group }) => sum + visibleOptions(group).length, 0) > manyOptions,
    [step],
  )
  return (
    <>
      <header className={style.panelHead}>
        <p className={style.panelStep}>{t('page.step', { number: position.at + 1, count: position.count })}</p>
        <h2>{withBoundUnits(step.group.name[language])}</h2>
        {step.group.help ? <p className={style.panelHelp}>{step.group.help[language]}</p> : null}
        {model.untranslated ? <p className={style.panelHelp}>{t('page.untranslated')}</p> : null}
      </header>
      {searchable ? (
        <input
          type="search"
          className={style.filter}
          placeholder={t('page.filter')}
          aria-label={t('page.filter')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      ) : null}
      <div data-ready={ready}>
        {shown.map(place => (
          <GroupChoice
            key={place.group.id}
            {...{ view, expected, place, prospects, take, onPoint }}
            titled={place.group.id === step.id}
            searching={filter !== ''}
          />
        ))}
      </div>
      {shown.length === 0 && filter !== '' ? <p>{t('page.nothingFound', { text: typed.trim() })}</p> : null}
      {hidden > 0 ? (
        <ActionButton block onClick={() => setLimit(limit + 3 * atOnce)}>
          {t('page.more', { count: hidden })}
        </ActionButton>
      ) : null}
      <div className={style.moves}>
        {previous === undefined ? <span /> : <ActionButton onClick={() => onGo(-1)}>{t('page.previous')}</ActionButton>}
        {next === undefined ? null : <ActionButton onClick={() => onGo(1)}>{t('page.next', { name: next })}</ActionButton>}
        {next === undefined && onInquire ? <ActionButton onClick={onInquire}>{t('page.inquire')}</ActionButton> : null}
      </div>
    </>
  )
}
