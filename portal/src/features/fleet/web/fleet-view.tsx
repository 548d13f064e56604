import type { ReactNode } from 'react'
import { Link, useRevalidator, useSearchParams } from 'react-router'
import { formatNumber } from '#platform/core'
import { ActionButton, EmptyState, FilterBar, useLanguage, usePages, useTexts } from '#platform/web'
import { type FleetMember, type FleetPage, stateFilters } from '../core/index.ts'
import style from './fleet.module.css'
import { useFleetList } from './health-list.tsx'
import { StateSign } from './state-sign.tsx'
import { Tile } from './tile.tsx'
import { useLiveFleet } from './use-live-fleet.ts'

interface Props {
  page: FleetPage
  side: 'own' | 'console'
  more(cursor: string): Promise<FleetPage>
  /** where there is no machine at all */
  empty: ReactNode
}

const views = ['wall', 'list', 'sites'] as const

/** Machines by how they stand: as a wall of tiles, a list by health, or by site. Choice and filters live in the URL. */
export function FleetView({ page, side, more, empty }: Props) {
  const t = useTexts('fleet')
  const platform = useTexts('platform')
  const language = useLanguage()
  const [search] = useSearchParams()
  const { rows, hasMore, loadingMore, onMore, moreProblem } = usePages(page, more)
  const lastAt = useLiveFleet(side, rows, useRevalidator().revalidate)
  const list = useFleetList(side, rows)
  if (page.total === 0) return empty
  const view = views.find(one => one === search.get('view')) ?? 'wall'
  const chosen = search.get('state')
  const present = stateFilters.filter(state => page.counts[state] > 0 || state === chosen)
  const tiles = (members: readonly FleetMember[], heading: 'h2' | 'h3' = 'h2') => (
    <ul className={members.length === 1 && page.total === 1 ? `${style.wall} ${style.single}` : style.wall}>
      {members.map(member => (
        <Tile {...{ member, side, heading }} lastAt={lastAt.get(member.id)} key={member.id} />
      ))}
    </ul>
  )
  return (
    <>
      {page.total > 1 ? (
        <>
          <nav className={style.counts} aria-label={t('counts')}>
            {present.map(state => (
              <Link
                to={`?${searchWith(search, 'state', chosen === state ? null : state)}`}
                aria-current={chosen === state ? 'true' : undefined}
                preventScrollReset
                key={state}
              >
                <StateSign state={state} />
                <span className={style.count}>{formatNumber(page.counts[state], language)}</span>
              </Link>
            ))}
          </nav>
          <FilterBar
            filters={[
              ...(page.companies.length > 1
                ? [
                    {
                      id: 'company',
                      label: t('company'),
                      options: page.companies.map(({ id, name }) => ({ value: id, label: name })),
                    },
                  ]
                : []),
              ...(page.types.length > 1
                ? [
                    {
                      id: 'type',
                      label: t('type'),
                      options: page.types.map(({ id, name }) => ({ value: id, label: name[language] })),
                    },
                  ]
                : []),
              ...(page.sites.length > 1
                ? [{ id: 'site', label: t('site'), options: page.sites.map(site => ({ value: site, label: site })) }]
                : []),
            ]}
          />
          <nav className={style.views} aria-label={t('view')}>
            {views.map(one => (
              <Link
                to={`?${searchWith(search, 'view', one === 'wall' ? null : one)}`}
                aria-current={one === view ? 'true' : undefined}
                preventScrollReset
                key={one}
              >
                {t(`views.${one}`)}
              </Link>
            ))}
          </nav>
        </>
      ) : null}
      {rows.length === 0 ? <EmptyState title={t('noneFound')}>{t('noneFoundHelp')}</EmptyState> : null}
      {view === 'wall' ? tiles(rows) : null}
      {view === 'list' && rows.length > 0 ? list : null}
      {view === 'sites'
        ? [...Map.groupBy(rows, ({ company, site }) => [company?.name, site ?? t('noSite')].filter(Boolean).join(' · '))].map(
            ([place, members]) => (
              <section className={style.place} key={place}>
                <h2>{place}</h2>
                {tiles(members, 'h3')}
              </section>
            ),
          )
        : null}
      {moreProblem ? <p role="alert">{moreProblem.detail}</p> : null}
      {hasMore ? (
        <ActionButton size="small" disabled={loadingMore} onClick={onMore}>
          {platform('table.more')}
        </ActionButton>
      ) : null}
    </>
  )
}

function searchWith(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const changed = new URLSearchParams(search)
  if (value === null) changed.delete(name)
  else changed.set(name, value)
  return changed
}
