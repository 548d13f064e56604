import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { getDeviceType, listDeviceTypes } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  EmptyState,
  languageContext,
  PageHeader,
  SelectField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listAlarmRules } from '../../core/index.ts'
import style from '../alarms.module.css'
import { RuleList } from '../rule-list.tsx'

/** /console/alarm-rules?type=: the manufacturer's rules of a type of machines. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const wish = new URL(request.url).searchParams.get('type')
  const [{ items: types }, { account }] = await Promise.all([calls.call(listDeviceTypes, {}), calls.call(getMe, {})])
  const chosen = types.find(({ id }) => id === wish) ?? types[0]
  const [rules, type] = chosen
    ? await Promise.all([
        calls.call(listAlarmRules, { query: { typeId: chosen.id } }),
        calls.call(getDeviceType, { params: { typeId: chosen.id } }),
      ])
    : [{ items: [] }, null]
  return {
    ...{ types: types.map(({ id, name }) => ({ id, name })), typeId: chosen?.id ?? null, rules: rules.items },
    metrics: (type?.metrics ?? []).map(({ key, name, unit }) => ({ key, name, unit })),
    mayWrite: permissionsOf(account?.roles ?? []).includes('alarm-rule.manage'),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'alarms:rules.title') }] : []

export default function RulesPage() {
  const { types, typeId, rules, metrics, mayWrite } = useLoaderData<typeof loader>()
  const [, setSearch] = useSearchParams()
  const t = useTexts('alarms')
  const language = useLanguage()
  const type = types.find(({ id }) => id === typeId)
  return (
    <>
      <PageHeader
        title={t('rules.title')}
        actions={<ActionLink to={pathIn(language, '/console/alarms')}>{t('title')}</ActionLink>}
      >
        {t('rules.lead')}
      </PageHeader>
      {types.length > 1 ? (
        <SelectField
          label={t('rules.chooseType')}
          value={typeId ?? ''}
          onChange={event => setSearch({ type: event.target.value }, { preventScrollReset: true })}
          options={types.map(({ id, name }) => ({ value: id, label: name[language] }))}
        />
      ) : null}
      <div className={style.column}>
        <RuleList
          title={type?.name[language] ?? t('rules.ofType')}
          help={t('rules.lead')}
          rules={rules}
          metrics={metrics}
          {...(mayWrite ? { hrefOf: ({ id }) => pathIn(language, `/console/alarm-rules/${id}`) } : {})}
          action={
            mayWrite && typeId ? (
              <ActionLink size="small" to={`${pathIn(language, '/console/alarm-rules/new')}?type=${typeId}`}>
                {t('rules.add')}
              </ActionLink>
            ) : null
          }
          empty={<EmptyState title={t('rules.none')}>{t('rules.noneHelp')}</EmptyState>}
        />
      </div>
    </>
  )
}
