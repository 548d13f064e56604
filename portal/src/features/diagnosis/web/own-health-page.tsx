import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { getMyHealth } from '../core/index.ts'
import { Health } from './health.tsx'

/** /account/machines/{id}/health: how a machine of the company is; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, health] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyHealth, { params: { deviceId } }),
  ])
  return {
    deviceId,
    name: `${model} ${serial}`,
    health,
    language: context.get(languageContext),
    origin: context.get(originContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/health`,
        title: translate(loaderData.language, 'diagnosis:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnHealthPage() {
  const { deviceId, health } = useLoaderData<typeof loader>()
  const read = useCallback(() => api.call(getMyHealth, { params: { deviceId } }), [deviceId])
  return <Health first={health} read={read} key={deviceId} />
}
