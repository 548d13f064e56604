import { useCallback } from 'react'
import { getShownHistory } from '../core/index.ts'
import { useSite } from './site.ts'

/** By which charts read the course of a metric. points: as many at most, where it is not for a chart to say */
export function useHistoryOf(deviceId: string, points?: number) {
  const { api } = useSite()
  return useCallback(
    (metric: string, { from, to }: { from: number; to: number }) =>
      api.call(getShownHistory, {
        params: { deviceId, metric },
        query: {
          ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
          ...(points === undefined ? {} : { points }),
        },
      }),
    [api, deviceId, points],
  )
}
