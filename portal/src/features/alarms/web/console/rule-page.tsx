import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice, getDeviceType, listDevices } from '#features/devices/core'
import { getMetrics } from '#features/telemetry/core'
import { type Api, pathIn, translate } from '#platform/core'
import { apiContext, languageContext, PageHeader, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { getAlarmRule } from '../../core/index.ts'
import { RuleEditor } from '../rule-editor.tsx'

/** /console/alarm-rules/{ruleId}, or /new?type= or ?device=: a rule of the manufacturer's. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const search = new URL(request.url).searchParams
  const rule = params.ruleId ? await calls.call(getAlarmRule, { params: { ruleId: params.ruleId } }) : null
  const deviceId = rule ? rule.deviceId : search.get('device')
  const about = deviceId
    ? await aboutDevice(calls, deviceId)
    : await aboutType(calls, (rule ? rule.typeId : search.get('type')) ?? '')
  return { rule, ...about, language: context.get(languageContext) }
}

async function aboutDevice(calls: Pick<Api, 'call'>, deviceId: string) {
  const params = { deviceId }
  const [device, { metrics }] = await Promise.all([calls.call(getDevice, { params }), calls.call(getMetrics, { params })])
  const name = `${device.model} ${device.serial}`
  return {
    ...{ scope: { deviceId }, name: { 'zh-CN': name, en: name }, machines: [{ id: deviceId, name }] },
    metrics: metrics.map(({ key, name, unit }) => ({ key, name, unit })),
    components: device.components.map(({ key, name }) => ({ key, name })),
    back: `/console/devices/${deviceId}/alarms`,
  }
}

async function aboutType(calls: Pick<Api, 'call'>, typeId: string) {
  const [type, { items }] = await Promise.all([
    calls.call(getDeviceType, { params: { typeId } }),
    calls.call(listDevices, { query: { type: typeId } }),
  ])
  return {
    ...{ scope: { typeId }, name: type.name },
    machines: items.map(({ id, model, serial }) => ({ id, name: `${model} ${serial}` })),
    metrics: type.metrics.map(({ key, name, unit }) => ({ key, name, unit })),
    components: type.components.map(({ key, name }) => ({ key, name })),
    back: `/console/alarm-rules?type=${typeId}`,
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: loaderData.rule?.name[loaderData.language] ?? translate(loaderData.language, 'alarms:rules.new') }] : []

export default function RulePage() {
  const { rule, scope, name, machines, metrics, components, back } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <>
      <PageHeader title={rule?.name[language] ?? t('rules.new')}>{name[language]}</PageHeader>
      <RuleEditor
        key={rule?.id ?? 'new'}
        {...{ rule, scope, machines, metrics, components, zone }}
        oneLanguage={false}
        pathOf={id => pathIn(language, `/console/alarm-rules/${id}`)}
        back={pathIn(language, back)}
      />
    </>
  )
}
