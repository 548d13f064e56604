import { useMemo } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { getMySpectra, getMyVibration } from '../core/index.ts'
import { Vibration } from './vibration.tsx'

/** /account/machines/{id}/vibration: how a machine of the company vibrates; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, vibration] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyVibration, { params: { deviceId } }),
  ])
  return {
    ...{ deviceId, name: `${model} ${serial}`, vibration },
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/vibration`,
        title: translate(loaderData.language, 'vibration:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnVibrationPage() {
  const { deviceId, vibration } = useLoaderData<typeof loader>()
  const read = useMemo(() => {
    const params = { deviceId }
    return {
      all: () => api.call(getMyVibration, { params }),
      spectra: (point: string, at: string) => api.call(getMySpectra, { params, query: { point, at } }),
    }
  }, [deviceId])
  return <Vibration first={vibration} read={read} key={deviceId} />
}
