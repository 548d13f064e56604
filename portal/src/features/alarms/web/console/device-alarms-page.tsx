import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { getDevice } from '#features/devices/core'
import { getMetrics } from '#features/telemetry/core'
import { pathIn, translate } from '#platform/core'
import { ActionLink, apiContext, EmptyState, languageContext, useLanguage, useLive, useTexts } from '#platform/web'
import { getMaintenance, listAlarmRules, listAlarms } from '../../core/index.ts'
import { AlarmTable, moreAlarms } from '../alarm-table.tsx'
import style from '../alarms.module.css'
import { MaintenanceCard } from '../maintenance-card.tsx'
import { RuleList } from '../rule-list.tsx'

/** /console/devices/{id}/alarms: alarms of a machine in times staff may see, and the manufacturer's rules that watch it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, page, { metrics, withheld }, { account }] = await Promise.all([
    calls.call(getDevice, { params: { deviceId } }),
    calls.call(listAlarms, { query: { deviceId } }),
    calls.call(getMetrics, { params: { deviceId } }),
    calls.call(getMe, {}),
  ])
  const rules = withheld ? [] : (await calls.call(listAlarmRules, { query: { deviceId } })).items
  const may = (permission: 'alarm-rule.manage' | 'alarm.handle') =>
    !withheld && permissionsOf(account?.roles ?? []).includes(permission)
  const mayWrite = may('alarm-rule.manage')
  const maintenance = may('alarm.handle') ? await calls.call(getMaintenance, { params: { deviceId } }) : null
  return {
    ...{ deviceId, name: `${model} ${serial}`, page, rules, mayWrite, maintenance },
    metrics: metrics.map(({ key, name, unit }) => ({ key, name, unit })),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'alarms:of', { name: loaderData.name }) }] : []

export default function DeviceAlarmsPage() {
  const { deviceId, page, rules, metrics, mayWrite, maintenance } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('device-alarms', id => {
    if (id === null || id === deviceId) void revalidate()
  })
  return (
    <div className={style.column}>
      <AlarmTable
        first={page}
        more={moreAlarms({ deviceId })}
        assignee
        href={({ id }) => pathIn(language, `/console/devices/${deviceId}/alarms/${id}`)}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <RuleList
        title={t('rules.title')}
        help={t('rules.lead')}
        rules={rules}
        metrics={metrics}
        {...(mayWrite ? { hrefOf: ({ id }) => pathIn(language, `/console/alarm-rules/${id}`) } : {})}
        action={
          mayWrite ? (
            <ActionLink size="small" to={`${pathIn(language, '/console/alarm-rules/new')}?device=${deviceId}`}>
              {t('rules.add')}
            </ActionLink>
          ) : null
        }
        empty={<EmptyState title={t('rules.none')}>{t('rules.noneHelp')}</EmptyState>}
      />
      {maintenance ? <MaintenanceCard deviceId={deviceId} {...maintenance} /> : null}
    </div>
  )
}
