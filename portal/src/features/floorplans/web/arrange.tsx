import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import type { FleetMember } from '#features/fleet/core'
import { StateSign } from '#features/fleet/web'
import { ActionButton, Notice, useTexts } from '#platform/web'
import { type Direction, freePlace, metresOf, moved, type Place, placeAt, type ShownPlan, strides } from '../core/index.ts'
import style from './arrange.module.css'
import { Mark, nameOf, useLegend } from './mark.tsx'
import { PlaceForm } from './place-form.tsx'
import { usePlaceWords } from './place-words.ts'
import { gridStep, PlanStage } from './plan-stage.tsx'
import { useArranging } from './use-arranging.ts'
import { useDrag } from './use-drag.ts'

const directions: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

/** A plan on which machines are put, moved and taken off: by pointer, by keys, or by entering where they stand. */
export function Arrange({ shown }: { shown: ShownPlan }) {
  const t = useTexts('floorplans')
  const { plan } = shown
  const placeWords = usePlaceWords()
  const legendOn = useLegend()
  const ground = useRef<SVGSVGElement>(null)
  const arranging = useArranging(shown, useRevalidator().revalidate)
  const { places, put, undo, unsaved, problem, overtaken, again } = arranging
  const [selected, setSelected] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const machines: FleetMember[] = [...shown.placed, ...shown.unplaced]
  const here = machines.filter(({ id }) => places.has(id))
  const rest = machines.filter(({ id }) => !places.has(id))
  const chosen = here.find(({ id }) => id === selected)

  const move = (machine: FleetMember, place: Place, keys = false) => {
    put(machine.id, place, keys)
    setSaid(t('editing.announced', { machine: nameOf(machine), place: placeWords(place, plan) }))
  }
  const select = (deviceId: string | null) => {
    flushSync(() => setSelected(deviceId))
    if (deviceId) ground.current?.querySelector<SVGElement>(`[data-machine="${deviceId}"]`)?.focus({ preventScroll: true })
  }
  const takeOff = (machine: FleetMember) => {
    put(machine.id, null)
    setSelected(null)
    setSaid(t('editing.announcedOff', { machine: nameOf(machine) }))
  }
  const machineOf = (id: string) => machines.find(one => one.id === id)!
  const { dragged, handle } = useDrag(
    ground,
    // on a grid machines stand in line; a drawing says by itself where
    place => (plan.picture ? place : placeAt(roundedTo(strides.small, metresOf(place, plan)), plan)),
    (id, place) => {
      flushSync(() => move(machineOf(id), place))
      select(id)
    },
  )
  const onKeyDown = (machine: FleetMember, event: KeyboardEvent) => {
    const direction = directions[event.key]
    if (!direction && event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    if (!direction) return takeOff(machine)
    const metres = event.shiftKey ? strides.large : strides.small
    move(machine, moved(places.get(machine.id)!, direction, metres, plan), true)
  }
  const shownAt = (id: string) => (dragged?.deviceId === id && dragged.place ? dragged.place : places.get(id))
  const drawnMachines = machines.filter(({ id }) => shownAt(id))

  return (
    <div className={style.desk}>
      <div className={style.column}>
        {overtaken ? (
          <Notice tone="warn" live title={t('editing.changed')}>
            <p>{t('editing.changedHelp')}</p>
          </Notice>
        ) : (
          <ProblemNotice problem={problem} />
        )}
        <PlanStage
          plan={plan}
          ground={ground}
          label={plan.name}
          tools={
            <>
              <ActionButton size="small" disabled={!undo} onClick={() => undo?.()}>
                {t('editing.undo')}
              </ActionButton>
              <span className={style.muted} data-saved={!unsaved}>
                {t(problem && unsaved ? 'editing.unsaved' : unsaved ? 'editing.saving' : 'editing.saved')}
              </span>
              {problem && unsaved ? (
                <ActionButton size="small" onClick={again}>
                  {t('editing.again')}
                </ActionButton>
              ) : null}
            </>
          }
        >
          {drawn => {
            const legend = legendOn(
              drawnMachines.map(({ id, serial }) => ({ serial, place: shownAt(id)! })),
              drawn,
            )
            return drawnMachines.map(machine => {
              const place = shownAt(machine.id)!
              return (
                <Mark {...{ machine, place, drawn, legend }} strong={selected === machine.id} key={machine.id}>
                  {content => (
                    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
                    <g
                      className={style.movable}
                      role="button"
                      tabIndex={0}
                      data-machine={machine.id}
                      aria-label={t('editing.mark', { machine: nameOf(machine), place: placeWords(place, plan) })}
                      aria-pressed={selected === machine.id}
                      aria-describedby="plan-keys"
                      onFocus={() => setSelected(machine.id)}
                      onKeyDown={event => onKeyDown(machine, event)}
                      {...handle(machine.id, place)}
                    >
                      {content}
                    </g>
                  )}
                </Mark>
              )
            })
          }}
        </PlanStage>
        <p className={style.muted}>
          <span id="plan-keys">{t('editing.help', { small: strides.small, large: strides.large })}</span>{' '}
          {plan.picture ? null : t('editing.grid', { metres: gridStep(plan.width) })}
        </p>
        <p className="visually-hidden" role="status">
          {said}
        </p>
      </div>
      <div className={style.column}>
        <section className={style.card}>
          <h2>{t('editing.selected')}</h2>
          {chosen ? (
            <PlaceForm
              key={`${chosen.id} ${JSON.stringify(places.get(chosen.id))}`}
              machine={chosen}
              place={places.get(chosen.id)!}
              plan={plan}
              onPlace={place => move(chosen, place)}
              onTakeOff={() => takeOff(chosen)}
            />
          ) : (
            <p className={style.muted}>{t('editing.selectHelp')}</p>
          )}
        </section>
        <section className={style.card}>
          <h2>{t('unplaced')}</h2>
          <p className={style.muted}>{t(rest.length > 0 ? 'unplacedHelp' : 'allPlaced')}</p>
          <ul className={style.rest}>
            {rest.map(machine => (
              <li key={machine.id} data-dragged={dragged?.deviceId === machine.id || undefined}>
                <span
                  className={style.grip}
                  title={t('editing.drag', { machine: nameOf(machine) })}
                  {...handle(machine.id, null)}
                >
                  <svg viewBox="0 0 12 18" aria-hidden="true">
                    <path d="M3 3h.01M9 3h.01M3 9h.01M9 9h.01M3 15h.01M9 15h.01" />
                  </svg>
                </span>
                <span className={style.named}>
                  <strong>{nameOf(machine)}</strong>
                  <StateSign state={machine.state ?? 'unknown'} />
                </span>
                <ActionButton
                  size="small"
                  aria-label={t('editing.putNamed', { machine: nameOf(machine) })}
                  onClick={() => {
                    flushSync(() => move(machine, freePlace([...places.values()])))
                    select(machine.id)
                  }}
                >
                  {t('editing.put')}
                </ActionButton>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

const roundedTo = (step: number, { x, y }: { x: number; y: number }) => ({
  x: Math.round(x / step) * step,
  y: Math.round(y / step) * step,
})
