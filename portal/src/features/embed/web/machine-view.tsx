import { lazy, Suspense, useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { addressOf } from '#features/fleet/web'
import { translate } from '#platform/core'
import { LocaleLink, Segments, SkeletonLines, searchWith, useTexts } from '#platform/web'
import { getShown, type ShownMachine } from '../core/index.ts'
import style from './embed.module.css'
import { useSite } from './site.ts'
import { Standing } from './standing.tsx'
import { Unshown } from './unshown.tsx'
import { useRead } from './use-read.ts'

/** What is seen besides how it stands comes when it is asked for, so that a page of another site stays light. */
const Alarms = lazy(() => import('./views/alarms.tsx'))
const Health = lazy(() => import('./views/health.tsx'))
const Outlook = lazy(() => import('./views/outlook.tsx'))
const Readings = lazy(() => import('./views/readings.tsx'))
const Vibration = lazy(() => import('./views/vibration.tsx'))

export interface ViewProps {
  machine: ShownMachine
  /** when it was read, in milliseconds since 1970 */
  at: number
  again(): Promise<ShownMachine>
}

/** What is to be seen of a machine, as in the portal: key of its title, and what shows it. */
const views = {
  state: { title: 'fleet:overview', View: Standing },
  alarms: { title: 'alarms:title', View: Alarms },
  health: { title: 'diagnosis:title', View: Health },
  outlook: { title: 'prognosis:title', View: Outlook },
  readings: { title: 'telemetry:title', View: Readings },
  vibration: { title: 'vibration:title', View: Vibration },
} as const

const isView = (text: string | null): text is keyof typeof views => text !== null && Object.hasOwn(views, text)

/** How one machine is, in the page of another site: first how it stands, or what `?view=` says. Goes on by itself. */
export function MachineView({ deviceId }: { deviceId: string }) {
  const { api } = useSite()
  const ask = useCallback(() => api.call(getShown, { params: { deviceId } }), [api, deviceId])
  const [read, again] = useRead(ask)
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  return <Shown machine={read.value} at={read.at} again={again} key={deviceId} />
}

function Shown({ machine, at, again }: ViewProps) {
  const { model, serial, site, side } = machine
  const t = useTexts('embed')
  const { language } = useSite()
  const [search] = useSearchParams()
  const asked = search.get('view')
  const chosen = isView(asked) ? asked : 'state'
  const { View } = views[chosen]
  return (
    <section className={style.machine} aria-label={t('machine', { name: `${model} ${serial}` })}>
      <header>
        <h2>
          {model} <span className={style.serial}>{serial}</span>
        </h2>
        {site ? <p className={style.muted}>{site}</p> : null}
      </header>
      <div className={style.views}>
        <Segments
          label={t('views')}
          items={Object.entries(views).map(([key, { title }]) => ({
            key,
            to: searchWith(new URLSearchParams(), { view: key }),
            title: translate(language, title),
            chosen: key === chosen,
          }))}
        />
      </div>
      <Suspense fallback={<SkeletonLines lines={4} label={t('loading')} />}>
        <View {...{ machine, at, again }} key={chosen} />
      </Suspense>
      <p>
        <LocaleLink to={addressOf(machine, side)}>{t('portal')}</LocaleLink>
      </p>
    </section>
  )
}
