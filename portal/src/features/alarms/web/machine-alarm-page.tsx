import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { pathIn } from '#platform/core'
import { ActionLink, apiContext, languageContext, originContext, pageMeta, useLanguage, useTexts } from '#platform/web'
import { getAlarm } from '../core/index.ts'
import { AlarmView } from './alarm-view.tsx'
import style from './alarms.module.css'
import { useFreshAlarms } from './use-fresh-alarms.ts'

/** /account/machines/{id}/alarms/{alarmId}: one alarm of a machine of the customer's company; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [device, alarm] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getAlarm, { params: { alarmId: params.alarmId ?? '' } }),
  ])
  const componentName = device.components.find(({ key }) => key === alarm.component)?.name
  return { deviceId, alarm, componentName, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/alarms/${loaderData.alarm.id}`,
        title: `${loaderData.alarm.name[loaderData.language]} · ${loaderData.alarm.device.model} ${loaderData.alarm.device.serial}`,
        hidden: true,
      })
    : []

export default function MachineAlarmPage() {
  const { deviceId, alarm, componentName } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  useFreshAlarms([deviceId])
  return (
    <div className={style.column}>
      <p>
        <ActionLink size="small" to={pathIn(language, `/account/machines/${deviceId}/alarms`)}>
          {t('rules.back')}
        </ActionLink>
      </p>
      <AlarmView alarm={alarm} componentName={componentName?.[language]} />
    </div>
  )
}
