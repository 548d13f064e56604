import type { ReactNode } from 'react'
import { useRevalidator, useSearchParams } from 'react-router'
import { ActionButton, EmptyState, usePages, useTexts } from '#platform/web'
import type { FleetMember, FleetPage } from '../core/index.ts'
import style from './fleet.module.css'
import { FleetHead, fleetViews } from './fleet-head.tsx'
import { useFleetList } from './health-list.tsx'
import { Tile } from './tile.tsx'
import { useLiveFleet } from './use-live-fleet.ts'

interface Props {
  page: FleetPage
  side: 'own' | 'console'
  more(cursor: string): Promise<FleetPage>
  /** where there is no machine at all */
  empty: ReactNode
}

/** Machines by how they stand: as a wall of tiles, a list by health, or by site. Choice and filters live in the URL. */
export function FleetView({ page, side, more, empty }: Props) {
  const t = useTexts('fleet')
  const platform = useTexts('platform')
  const [search] = useSearchParams()
  const { rows, hasMore, loadingMore, onMore, moreProblem } = usePages(page, more)
  const lastAt = useLiveFleet(side, rows, useRevalidator().revalidate)
  const list = useFleetList(side, rows)
  if (page.total === 0) return empty
  const view = fleetViews.find(one => one === search.get('view') && one !== 'plan') ?? 'wall'
  const tiles = (members: readonly FleetMember[], heading: 'h2' | 'h3' = 'h2') => (
    <ul className={members.length === 1 && page.total === 1 ? `${style.wall} ${style.single}` : style.wall}>
      {members.map(member => (
        <Tile {...{ member, side, heading }} lastAt={lastAt.get(member.id)} key={member.id} />
      ))}
    </ul>
  )
  return (
    <>
      <FleetHead page={page} side={side} view={view} />
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
