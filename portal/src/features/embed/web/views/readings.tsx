import { useCallback } from 'react'
import { Readings } from '#features/telemetry/web'
import { getShownMarks } from '../../core/index.ts'
import type { ViewProps } from '../machine-view.tsx'
import { useSite } from '../site.ts'
import { useHistoryOf } from '../use-history-of.ts'

/** The course of all that a machine measures, as closely as the reader wants, with what happened meanwhile. */
export default function ReadingsView({ machine: { id, side, metrics }, at, again }: ViewProps) {
  const { api } = useSite()
  const readMetrics = useCallback(async () => (await again()).metrics, [again])
  const readHistory = useHistoryOf(id)
  const readMarks = useCallback(
    ({ from, to }: { from: number; to: number }) =>
      api.call(getShownMarks, {
        params: { deviceId: id },
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      }),
    [api, id],
  )
  return <Readings {...{ deviceId: id, side, readMetrics, readHistory, readMarks, readAlike }} first={{ metrics, at }} />
}

/** Other machines are other elements of the page: here metrics of this one are compared. */
const readAlike = async () => ({ items: [] })
