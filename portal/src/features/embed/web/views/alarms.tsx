import { useCallback } from 'react'
import { AlarmTable } from '#features/alarms/web'
import { useDeviceStream } from '#features/telemetry/web'
import { pathIn } from '#platform/core'
import { EmptyState, useTexts } from '#platform/web'
import { listShownAlarms } from '../../core/index.ts'
import type { ViewProps } from '../machine-view.tsx'
import { useSite } from '../site.ts'
import { Unshown } from '../unshown.tsx'
import { useRead } from '../use-read.ts'

/** Alarms of a machine, the last first; each is handled in the portal. */
export default function AlarmsView({ machine: { id, side } }: ViewProps) {
  const t = useTexts('alarms')
  const { api, language } = useSite()
  const page = useCallback(
    (cursor?: string) => api.call(listShownAlarms, { params: { deviceId: id }, query: cursor ? { cursor } : {} }),
    [api, id],
  )
  const ask = useCallback(() => page(), [page])
  const [read, again] = useRead(ask)
  const look = () => void again().catch(() => {}) // the state says so
  useDeviceStream(side, [id], { alarm: look, rights: look, again: look })
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  const below = side === 'own' ? `/account/machines/${id}` : `/console/devices/${id}`
  return (
    <AlarmTable
      first={read.value}
      more={page}
      href={alarm => pathIn(language, `${below}/alarms/${alarm.id}`)}
      empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
    />
  )
}
