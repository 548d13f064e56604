import { useCallback, useMemo } from 'react'
import { Vibration } from '#features/vibration/web'
import { getShownSpectra, getShownVibration } from '../../core/index.ts'
import type { ViewProps } from '../machine-view.tsx'
import { useSite } from '../site.ts'
import { Unshown } from '../unshown.tsx'
import { useRead } from '../use-read.ts'

/** How a machine vibrates: figures and spectra of its last records. */
export default function VibrationView({ machine: { id } }: ViewProps) {
  const { api } = useSite()
  const ask = useCallback(() => api.call(getShownVibration, { params: { deviceId: id } }), [api, id])
  const [read, again] = useRead(ask)
  const calls = useMemo(
    () => ({
      all: ask,
      spectra: (point: string, at: string) => api.call(getShownSpectra, { params: { deviceId: id }, query: { point, at } }),
    }),
    [api, ask, id],
  )
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  return <Vibration first={read.value} read={calls} />
}
