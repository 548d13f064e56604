import { useMemo } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext } from '#platform/web'
import { getSpectra, getVibration } from '../../core/index.ts'
import { Vibration } from '../vibration.tsx'

/** /console/devices/{id}/vibration: how one machine vibrates, unless its owner keeps it to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, vibration] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getVibration, { params: { deviceId } }),
  ])
  return { deviceId, name: `${device.model} ${device.serial}`, vibration, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'vibration:of', { name: loaderData.name }) }] : []

export default function VibrationPage() {
  const { deviceId, vibration } = useLoaderData<typeof loader>()
  const read = useMemo(() => {
    const params = { deviceId }
    return {
      all: () => api.call(getVibration, { params }),
      spectra: (point: string, at: string) => api.call(getSpectra, { params, query: { point, at } }),
    }
  }, [deviceId])
  return <Vibration first={vibration} read={read} key={deviceId} />
}
