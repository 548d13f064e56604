import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe } from '#features/accounts/core'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { changeMySettings, getMyControls, giveMyCommand } from '../core/index.ts'
import { ControlsOfMachine } from './controls-of-machine.tsx'

/** /account/machines/{id}/controls: what the customer sets and orders from afar; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, controls, { account }] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyControls, { params: { deviceId } }),
    calls.call(getMe, {}),
  ])
  return {
    ...{ deviceId, name: `${model} ${serial}`, controls, companyId: account?.companyId ?? '' },
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/controls`,
        title: translate(loaderData.language, 'controls:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnControlsPage() {
  const { deviceId, controls, companyId } = useLoaderData<typeof loader>()
  const params = { deviceId }
  return (
    <ControlsOfMachine
      key={deviceId}
      deviceId={deviceId}
      first={controls}
      topic={`company:${companyId}`}
      read={() => api.call(getMyControls, { params })}
      change={(values, token) => api.call(changeMySettings, { params, body: { values }, ...token })}
      give={(command, parameters, token) => api.call(giveMyCommand, { params, body: { command, parameters }, ...token })}
    />
  )
}
