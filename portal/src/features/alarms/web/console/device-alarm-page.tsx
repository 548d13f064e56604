import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getDevice } from '#features/devices/core'
import { pathIn } from '#platform/core'
import { ActionLink, apiContext, languageContext, useLanguage, useLive, useTexts } from '#platform/web'
import { getAlarm, listHandlers } from '../../core/index.ts'
import { AlarmView } from '../alarm-view.tsx'
import style from '../alarms.module.css'

/** /console/devices/{id}/alarms/{alarmId}: one alarm, for staff. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [device, alarm, handlers] = await Promise.all([
    calls.call(getDevice, { params: { deviceId } }),
    calls.call(getAlarm, { params: { alarmId: params.alarmId ?? '' } }),
    calls.call(listHandlers, {}),
  ])
  const componentName = device.components.find(({ key }) => key === alarm.component)?.name
  return { deviceId, alarm, componentName, colleagues: handlers.items, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `${loaderData.alarm.name[loaderData.language]} · ${loaderData.alarm.device.serial}` }] : []

export default function DeviceAlarmPage() {
  const { deviceId, alarm, componentName, colleagues } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('device-alarms', id => {
    if (id === null || id === deviceId) void revalidate()
  })
  return (
    <div className={style.column}>
      <p>
        <ActionLink size="small" to={pathIn(language, `/console/devices/${deviceId}/alarms`)}>
          {t('rules.back')}
        </ActionLink>
      </p>
      <AlarmView alarm={alarm} componentName={componentName?.[language]} colleagues={colleagues} />
    </div>
  )
}
