import { useCallback } from 'react'
import { Tile, useLiveFleet } from '#features/fleet/web'
import { ActionButton, EmptyState, useTexts } from '#platform/web'
import { listShown } from '../core/index.ts'
import style from './embed.module.css'
import { useSite } from './site.ts'
import { Unshown } from './unshown.tsx'
import { useRead } from './use-read.ts'

/** How the machines are that the token of the page shows, worst first. Goes on by itself. */
export function MachinesView() {
  const t = useTexts('embed')
  const { api } = useSite()
  const ask = useCallback(() => api.call(listShown, { query: { limit: 100 } }), [api])
  const [read, again] = useRead(ask)
  const { items, side } = read.status === 'shown' ? read.value : { items: [], side: 'own' as const }
  const readAgain = useCallback(() => again().then(nothing, nothing), [again])
  const lastAt = useLiveFleet(side, items, readAgain)
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  if (items.length === 0)
    return (
      <EmptyState title={t('none')} action={<ActionButton onClick={() => void readAgain()}>{t('again')}</ActionButton>}>
        {t('noneHelp')}
      </EmptyState>
    )
  return (
    <section aria-label={t('machines')}>
      <ul className={style.machines}>
        {items.map(member => (
          <Tile {...{ member, side }} heading="h2" lastAt={lastAt.get(member.id)} key={member.id} />
        ))}
      </ul>
    </section>
  )
}

const nothing = () => {}
