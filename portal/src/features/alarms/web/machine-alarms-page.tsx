import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { getMyMetrics } from '#features/telemetry/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  EmptyState,
  languageContext,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getMaintenance, listAlarmRules, listAlarms } from '../core/index.ts'
import { AlarmTable, moreAlarms } from './alarm-table.tsx'
import style from './alarms.module.css'
import { MaintenanceCard } from './maintenance-card.tsx'
import { RuleList } from './rule-list.tsx'
import { useFreshAlarms } from './use-fresh-alarms.ts'

/** /account/machines/{id}/alarms: open and past alarms of a machine, its rules and its maintenance; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, page, rules, { metrics }, maintenance] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(listAlarms, { query: { deviceId } }),
    calls.call(listAlarmRules, { query: { deviceId } }),
    calls.call(getMyMetrics, { params: { deviceId } }),
    calls.call(getMaintenance, { params: { deviceId } }),
  ])
  const offered = metrics.map(({ key, name, unit }) => ({ key, name, unit }))
  return {
    ...{ deviceId, name: `${model} ${serial}`, page, rules: rules.items, metrics: offered, maintenance },
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/alarms`,
        title: translate(loaderData.language, 'alarms:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function MachineAlarmsPage() {
  const { deviceId, page, rules, metrics, maintenance } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  useFreshAlarms([deviceId])
  const path = pathIn(language, `/account/machines/${deviceId}`)
  return (
    <div className={style.column}>
      <AlarmTable
        first={page}
        more={moreAlarms({ deviceId })}
        href={({ id }) => `${path}/alarms/${id}`}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <div className={style.page}>
        <div className={style.column}>
          <RuleList
            title={t('rules.own')}
            help={t('rules.ownHelp')}
            rules={rules.filter(({ mine }) => mine)}
            metrics={metrics}
            hrefOf={({ id }) => `${path}/alarm-rules/${id}`}
            action={
              <ActionLink size="small" to={`${path}/alarm-rules/new`}>
                {t('rules.add')}
              </ActionLink>
            }
            empty={<EmptyState title={t('rules.none')}>{t('rules.noneHelp')}</EmptyState>}
          />
          <RuleList
            title={t('rules.makers')}
            help={t('rules.makersHelp')}
            rules={rules.filter(({ mine }) => !mine)}
            metrics={metrics}
            empty={<p className={style.muted}>{t('rules.none')}</p>}
          />
        </div>
        <div className={style.column}>
          <MaintenanceCard deviceId={deviceId} {...maintenance} />
        </div>
      </div>
    </div>
  )
}
