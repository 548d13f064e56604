import { useCallback, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ProblemNotice } from '#features/accounts/web'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { ActionButton, api, apiContext, ConfirmDialog, languageContext, useProblem, useTexts } from '#platform/web'
import { getHealth, relearnHealth } from '../../core/index.ts'
import { Health } from '../health.tsx'

/** /console/devices/{id}/health: how one machine is, unless its owner keeps it to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, health, { account }] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getHealth, { params: { deviceId } }),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device.manage')
  return { deviceId, name: `${device.model} ${device.serial}`, health, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'diagnosis:of', { name: loaderData.name }) }] : []

export default function HealthPage() {
  const { deviceId, health, mayWrite } = useLoaderData<typeof loader>()
  const read = useCallback(() => api.call(getHealth, { params: { deviceId } }), [deviceId])
  return (
    <>
      <Health first={health} read={read} key={`${deviceId} ${health.kind}`} />
      {mayWrite && health.kind !== 'unknown' ? <Relearn deviceId={deviceId} /> : null}
    </>
  )
}

/** After a repair another is usual: asked first, for what was known is forgotten. */
function Relearn({ deviceId }: { deviceId: string }) {
  const t = useTexts('diagnosis')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [asks, setAsks] = useState(false)
  const relearn = async () => {
    const done = await attempt(() => api.call(relearnHealth, { params: { deviceId } }).then(() => true))
    setAsks(false)
    if (done) await revalidate()
  }
  return (
    <div>
      <ProblemNotice problem={problem} />
      <ActionButton size="small" strength="quiet" onClick={() => setAsks(true)}>
        {t('relearn')}
      </ActionButton>
      <ConfirmDialog
        open={asks}
        title={t('relearnTitle')}
        action={t('relearn')}
        danger
        onConfirm={() => void relearn()}
        onClose={() => setAsks(false)}
      >
        {t('relearnHelp')}
      </ConfirmDialog>
    </div>
  )
}
