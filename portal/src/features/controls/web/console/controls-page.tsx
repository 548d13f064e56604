import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext } from '#platform/web'
import { changeSettings, getControls, giveCommand } from '../../core/index.ts'
import { ControlsOfMachine } from '../controls-of-machine.tsx'

/** /console/devices/{id}/controls: what service sets and orders from afar. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, controls] = await Promise.all([
    calls.call(getDevice, { params: { deviceId } }),
    calls.call(getControls, { params: { deviceId } }),
  ])
  return { deviceId, name: `${model} ${serial}`, controls, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'controls:of', { name: loaderData.name }) }] : []

export default function ControlsPage() {
  const { deviceId, controls } = useLoaderData<typeof loader>()
  const params = { deviceId }
  return (
    <ControlsOfMachine
      key={deviceId}
      deviceId={deviceId}
      first={controls}
      topic="devices"
      read={() => api.call(getControls, { params })}
      change={(values, token) => api.call(changeSettings, { params, body: { values }, ...token })}
      give={(command, parameters, token) => api.call(giveCommand, { params, body: { command, parameters }, ...token })}
    />
  )
}
