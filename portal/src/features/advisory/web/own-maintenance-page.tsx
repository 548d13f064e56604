import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, LocaleLink, languageContext, originContext, pageMeta, useTexts } from '#platform/web'
import { type DoneFields, getMyMaintenance, recordMyMaintenance } from '../core/index.ts'
import style from './maintenance.module.css'
import { Maintenance } from './maintenance.tsx'
import { RequestForm } from './service/request-form.tsx'
import { RequestTask } from './service/request-task.tsx'

/** /account/machines/{id}/maintenance: what is due and what was done; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, maintenance] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyMaintenance, { params: { deviceId } }),
  ])
  const name = `${model} ${serial}`
  return { deviceId, name, maintenance, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/maintenance`,
        title: translate(loaderData.language, 'advisory:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnMaintenancePage() {
  const { deviceId, maintenance } = useLoaderData<typeof loader>()
  const t = useTexts('advisory')
  const record = useCallback((body: DoneFields) => api.call(recordMyMaintenance, { params: { deviceId }, body }), [deviceId])
  return (
    <Maintenance
      first={maintenance}
      record={record}
      request={(subject, about, name) => <RequestTask {...{ deviceId, subject, about, name }} />}
      packagesPath={`/account/machines/${deviceId}/packages`}
      key={deviceId}
    >
      <section className={style.section}>
        <h2>{t('service.request')}</h2>
        <RequestForm deviceId={deviceId} today={maintenance.today} />
        <p>
          <LocaleLink to="/account/service">{t('service.see')}</LocaleLink>
        </p>
      </section>
    </Maintenance>
  )
}
