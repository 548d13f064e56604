import { type ReactNode, useRef, useState } from 'react'
import { useRevalidator, useSearchParams } from 'react-router'
import type { FleetMember } from '#features/fleet/core'
import { addressOf, FleetHead, StateSign, useLiveFleet } from '#features/fleet/web'
import { formatNumber } from '#platform/core'
import { EmptyState, LocaleLink, SelectField, useLanguage, useTexts } from '#platform/web'
import type { FloorPlan, FloorPlanSummary, ShownPlan } from '../core/index.ts'
import { Mark, nameOf, useLegend } from './mark.tsx'
import { usePlaceWords } from './place-words.ts'
import { PlanStage } from './plan-stage.tsx'
import style from './plan-view.module.css'

interface ViewProps {
  shown: ShownPlan
  /** all that the reader may see */
  plans: readonly FloorPlanSummary[]
  side: 'own' | 'console'
  /** he may draw */
  draws: boolean
}

/** A plan with its machines as they are now, and the same as a list. */
export function PlanView({ shown, plans, side, draws }: ViewProps) {
  const t = useTexts('floorplans')
  const { plan, placed, unplaced } = shown
  const language = useLanguage()
  const [pointed, setPointed] = useState<string | null>(null)
  const legendOn = useLegend()
  const ground = useRef<SVGSVGElement>(null)
  useLiveFleet(side, placed, useRevalidator().revalidate)
  const placeWords = usePlaceWords()
  const size = useSizeWords()(plan)
  const chosen = placed.length < shown.total
  return (
    <>
      <FleetHead page={shown} side={side} view="plan" />
      <div className={style.head}>
        <PlanChoice plans={plans} plan={plan} />
        <p className={style.muted}>{[plan.address, size].filter(Boolean).join(' · ')}</p>
      </div>
      <div className={style.desk}>
        <PlanStage
          plan={plan}
          ground={ground}
          label={t('drawing', { name: plan.name, size, count: placed.length })}
          tools={<p className={style.muted}>{t('on', { count: shown.total })}</p>}
        >
          {drawn => {
            const legend = legendOn(
              placed.map(machine => ({ serial: machine.serial, place: machine })),
              drawn,
            )
            // the worst lies on top
            return placed.toReversed().map(machine => (
              <Mark {...{ machine, drawn, legend }} place={machine} strong={pointed === machine.id} key={machine.id}>
                {content => <MarkLink {...{ machine, side }}>{content}</MarkLink>}
              </Mark>
            ))
          }}
        </PlanStage>
        <section className={style.list}>
          <h2>{t('list')}</h2>
          {placed.length === 0 && chosen ? <EmptyState title={t('noneChosen')}>{t('noneChosenHelp')}</EmptyState> : null}
          {shown.total === 0 ? (
            <EmptyState title={t('nothingOn')}>{t(draws ? 'nothingOnHelp' : 'nothingOnMember')}</EmptyState>
          ) : null}
          <ul>
            {placed.map(machine => (
              <li
                key={machine.id}
                onPointerEnter={() => setPointed(machine.id)}
                onPointerLeave={() => setPointed(null)}
                onFocus={() => setPointed(machine.id)}
                onBlur={() => setPointed(null)}
              >
                <Row {...{ machine, side }} where={placeWords(machine, plan)} />
              </li>
            ))}
          </ul>
          {side === 'own' && unplaced.length > 0 ? (
            <>
              <h2>
                {t('unplaced')} <span className={style.muted}>{formatNumber(unplaced.length, language)}</span>
              </h2>
              <ul>
                {unplaced.map(machine => (
                  <li key={machine.id}>
                    <Row {...{ machine, side }} />
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </section>
      </div>
    </>
  )
}

function PlanChoice({ plans, plan }: { plans: readonly FloorPlanSummary[]; plan: FloorPlan }) {
  const t = useTexts('floorplans')
  const [, setSearch] = useSearchParams()
  const nameIn = ({ name, company }: Pick<FloorPlanSummary, 'name' | 'company'>) =>
    company ? t('ofCompany', { company: company.name, name }) : name
  if (plans.length < 2) return <h2>{nameIn(plan)}</h2>
  return (
    <SelectField
      label={t('choose')}
      value={plan.id}
      options={plans.map(one => ({ value: one.id, label: nameIn(one) }))}
      onChange={event => {
        const { value } = event.target
        setSearch(before => {
          before.set('plan', value)
          return before
        })
      }}
    />
  )
}

interface OfMachine<Machine extends FleetMember = FleetMember> {
  machine: Machine
  side: 'own' | 'console'
}

function MarkLink({ machine, side, children }: OfMachine & { children: ReactNode }) {
  const t = useTexts('floorplans')
  const ofFleet = useTexts('fleet')
  const words = { machine: nameOf(machine), state: ofFleet(`state.${machine.state ?? 'unknown'}`) }
  const alarms = useAlarmWords()(machine)
  const label = alarms ? t('markAlarms', { ...words, alarms }) : t('mark', words)
  return (
    <LocaleLink to={addressOf(machine, side)} aria-label={label}>
      {children}
    </LocaleLink>
  )
}

function Row({ machine, side, where }: OfMachine & { where?: string }) {
  const ofFleet = useTexts('fleet')
  const { model, serial, state, contact } = machine
  const told = [ofFleet(`contact.${contact}`), useAlarmWords()(machine), where].filter(Boolean)
  return (
    <>
      <LocaleLink to={addressOf(machine, side)}>
        {model} <span className={style.serial}>{serial}</span>
      </LocaleLink>
      <StateSign state={state ?? 'unknown'} />
      <p className={style.muted}>{told.join(' · ')}</p>
    </>
  )
}

/** How many alarms are open, and the worst of them; null: none is. */
function useAlarmWords() {
  const t = useTexts('floorplans')
  const ofFleet = useTexts('fleet')
  return ({ alarms: { count, worst } }: FleetMember): string | null =>
    worst && t('worst', { alarms: ofFleet('alarms.count', { count }), severity: ofFleet(`severity.${worst}`) })
}

function useSizeWords() {
  const t = useTexts('floorplans')
  const language = useLanguage()
  return ({ width, depth }: FloorPlan): string =>
    t('size', { width: formatNumber(width, language), depth: formatNumber(depth, language) })
}
