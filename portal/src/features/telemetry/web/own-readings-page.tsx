import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { getMyHistory, getMyMarks, getMyMetrics, listMyAlike } from '../core/index.ts'
import { Readings } from './readings.tsx'
import { queryOf, type Span } from './span.ts'

/** /account/machines/{id}/readings?range=hour|day|week|month, or &from=&to= of a closer look; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, metrics] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyMetrics, { params: { deviceId } }),
  ])
  const name = `${model} ${serial}`
  return { deviceId, name, metrics, at: Date.now(), language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/readings`,
        title: translate(loaderData.language, 'telemetry:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnReadingsPage() {
  const { deviceId, metrics, at } = useLoaderData<typeof loader>()
  const readMetrics = useCallback(() => api.call(getMyMetrics, { params: { deviceId } }), [deviceId])
  const readHistory = useCallback(
    (metric: string, span: Span, of = deviceId) =>
      api.call(getMyHistory, { params: { deviceId: of, metric }, query: queryOf(span) }),
    [deviceId],
  )
  const readMarks = useCallback((span: Span) => api.call(getMyMarks, { params: { deviceId }, query: queryOf(span) }), [deviceId])
  const readAlike = useCallback(() => api.call(listMyAlike, { params: { deviceId } }), [deviceId])
  return (
    <Readings
      side="own"
      first={{ metrics, at }}
      {...{ deviceId, readMetrics, readHistory, readMarks, readAlike }}
      key={deviceId}
    />
  )
}
