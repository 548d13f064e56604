import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { getMyMetrics } from '#features/telemetry/core'
import { translate } from '#platform/core'
import { apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { getMyStanding } from '../core/index.ts'
import { Overview } from './overview.tsx'

/** /account/machines/{id}: how a machine of the customer's company is; for anybody else it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model, components }, standing, metrics] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyStanding, { params: { deviceId } }),
    calls.call(getMyMetrics, { params: { deviceId } }),
  ])
  return {
    ...{ deviceId, name: `${model} ${serial}`, components, standing, metrics, at: Date.now() },
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}`,
        title: `${loaderData.name} · ${translate(loaderData.language, 'fleet:title')}`,
        hidden: true,
      })
    : []

export default function OwnOverviewPage() {
  const { deviceId, standing, metrics, components, at } = useLoaderData<typeof loader>()
  return <Overview side="own" {...{ deviceId, standing, metrics, components, at }} machine={`/account/machines/${deviceId}`} />
}
