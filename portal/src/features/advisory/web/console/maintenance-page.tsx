import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext } from '#platform/web'
import { type DoneFields, getMaintenance, recordMaintenance } from '../../core/index.ts'
import { Maintenance } from '../maintenance.tsx'

/** /console/devices/{id}/maintenance: what is due on one machine and what was done. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, maintenance, { account }] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getMaintenance, { params: { deviceId } }),
    calls.call(getMe, {}),
  ])
  const mayRecord = permissionsOf(account?.roles ?? []).includes('maintenance.record') && !maintenance.withheld
  const name = `${device.model} ${device.serial}`
  return { deviceId, name, maintenance, mayRecord, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'advisory:of', { name: loaderData.name }) }] : []

export default function MaintenancePage() {
  const { deviceId, maintenance, mayRecord } = useLoaderData<typeof loader>()
  const record = useCallback((body: DoneFields) => api.call(recordMaintenance, { params: { deviceId }, body }), [deviceId])
  return <Maintenance first={maintenance} {...(mayRecord ? { record } : {})} key={deviceId} />
}
