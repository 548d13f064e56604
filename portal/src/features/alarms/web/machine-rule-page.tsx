import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { getMyMetrics } from '#features/telemetry/core'
import { pathIn, translate } from '#platform/core'
import { apiContext, languageContext, originContext, pageMeta, useLanguage, useTimeZone } from '#platform/web'
import { getAlarmRule } from '../core/index.ts'
import { RuleEditor } from './rule-editor.tsx'

/** /account/machines/{id}/alarm-rules/{ruleId} or /new: a rule of the customer's own for his machine; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [device, { metrics }, rule] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyMetrics, { params: { deviceId } }),
    params.ruleId ? calls.call(getAlarmRule, { params: { ruleId: params.ruleId } }) : null,
  ])
  return {
    ...{ deviceId, name: `${device.model} ${device.serial}`, rule },
    metrics: metrics.map(({ key, name, unit }) => ({ key, name, unit })),
    components: device.components.map(({ key, name }) => ({ key, name })),
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/alarm-rules/${loaderData.rule?.id ?? 'new'}`,
        title: loaderData.rule?.name[loaderData.language] ?? translate(loaderData.language, 'alarms:rules.new'),
        hidden: true,
      })
    : []

export default function MachineRulePage() {
  const { deviceId, name, rule, metrics, components } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const zone = useTimeZone()
  const path = pathIn(language, `/account/machines/${deviceId}`)
  return (
    <RuleEditor
      key={rule?.id ?? 'new'}
      {...{ rule, metrics, components, zone }}
      scope={{ deviceId }}
      machines={[{ id: deviceId, name }]}
      oneLanguage
      pathOf={id => `${path}/alarm-rules/${id}`}
      back={`${path}/alarms`}
    />
  )
}
