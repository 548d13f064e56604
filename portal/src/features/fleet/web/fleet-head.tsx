import { Link, useSearchParams } from 'react-router'
import { formatNumber, pathIn } from '#platform/core'
import { FilterBar, Segments, searchWith, useLanguage, useTexts } from '#platform/web'
import { type FleetPage, stateFilters } from '../core/index.ts'
import style from './fleet.module.css'
import { StateSign } from './state-sign.tsx'

/** How machines are shown; the plan is a page of its own. */
export const fleetViews = ['wall', 'list', 'sites', 'plan'] as const
export type FleetViewName = (typeof fleetViews)[number]

interface Props {
  page: Pick<FleetPage, 'counts' | 'total' | 'types' | 'sites'> & { companies?: FleetPage['companies'] }
  side: 'own' | 'console'
  view: FleetViewName
}

/** What stands above machines however they are shown: how many are in which state, filters, and the ways to show them. All of it lives in the URL. */
export function FleetHead({ page, side, view }: Props) {
  const t = useTexts('fleet')
  const language = useLanguage()
  const [search] = useSearchParams()
  const chosen = search.get('state')
  const present = stateFilters.filter(state => page.counts[state] > 0 || state === chosen)
  const named = <Named extends { id: string }>(all: readonly Named[], labelOf: (one: Named) => string) =>
    all.map(one => ({ value: one.id, label: labelOf(one) }))
  const filters = [
    { id: 'company', label: t('company'), options: named(page.companies ?? [], ({ name }) => name) },
    { id: 'type', label: t('type'), options: named(page.types, ({ name }) => name[language]) },
    { id: 'site', label: t('site'), options: page.sites.map(site => ({ value: site, label: site })) },
  ]
  const fleet = pathIn(language, side === 'own' ? '/account/machines' : '/console/fleet')
  const addressOf = (one: FleetViewName) =>
    one === 'plan'
      ? `${fleet}/plan${searchWith(search, { view: null, company: null })}`
      : `${fleet}${searchWith(search, { view: one === 'wall' ? null : one, plan: null })}`
  return (
    <>
      {page.total > 1 ? (
        <>
          <nav className={style.counts} aria-label={t('counts')}>
            {present.map(state => (
              <Link
                to={searchWith(search, { state: chosen === state ? null : state })}
                aria-current={chosen === state ? 'true' : undefined}
                preventScrollReset
                key={state}
              >
                <StateSign state={state} />
                <span className={style.count}>{formatNumber(page.counts[state], language)}</span>
              </Link>
            ))}
          </nav>
          <FilterBar filters={filters.filter(({ options }) => options.length > 1)} />
        </>
      ) : null}
      <div className={style.views}>
        <Segments
          label={t('view')}
          items={fleetViews.map(one => ({ key: one, to: addressOf(one), title: t(`views.${one}`), chosen: one === view }))}
        />
      </div>
    </>
  )
}
