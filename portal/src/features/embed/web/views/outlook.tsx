import { useCallback } from 'react'
import { Outlook } from '#features/prognosis/web'
import { getShownOutlook } from '../../core/index.ts'
import { Closed } from '../closed.tsx'
import type { ViewProps } from '../machine-view.tsx'
import { useSite } from '../site.ts'
import { Unshown } from '../unshown.tsx'
import { useRead } from '../use-read.ts'

/** How long the components of a machine are likely to last. */
export default function OutlookView({ machine }: ViewProps) {
  const { api } = useSite()
  const ask = useCallback(() => api.call(getShownOutlook, { params: { deviceId: machine.id } }), [api, machine.id])
  const [read, again] = useRead(ask)
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  return read.value.open ? <Outlook outlook={read.value} /> : <Closed machine={machine} />
}
