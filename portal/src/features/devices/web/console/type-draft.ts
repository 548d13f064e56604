import type { Typed } from '#features/accounts/web'
import type { CallInput } from '#platform/core'
import { type changeDeviceType, type DeviceTypeDetail, metricTells } from '../../core/index.ts'

import { type ControlDrafts, controlsOf } from './control-draft.ts'

export type TypeBody = CallInput<typeof changeDeviceType>['body']

/** A row of the form as it is typed. id: of the row, for React */
export interface MetricDraft {
  id: string
  key: string
  zh: string
  en: string
  unit: string
  min: string
  max: string
  decimals: string
  /** empty: not said */
  maxRate: string
  /** empty: not said */
  tells: string
  /** key of the component; empty: not said */
  component: string
}

export interface ComponentDraft {
  id: string
  key: string
  zh: string
  en: string
  partOf: string
  partNumber: string
  lifeMonths: string
  lifeHours: string
}

export const emptyMetric = (id: string): MetricDraft => ({
  ...{ id, key: '', zh: '', en: '', unit: '', min: '0', max: '100', decimals: '1', maxRate: '', tells: '', component: '' },
})

export const emptyComponent = (id: string): ComponentDraft => ({
  ...{ id, key: '', zh: '', en: '', partOf: '', partNumber: '', lifeMonths: '', lifeHours: '' },
})

export const metricDrafts = (type?: DeviceTypeDetail): MetricDraft[] =>
  (type?.metrics ?? []).map(({ key, name, unit, min, max, decimals, maxRate, tells, component }) => ({
    ...{ id: key, key, unit, zh: name['zh-CN'], en: name.en },
    ...{ min: String(min), max: String(max), decimals: String(decimals), maxRate: maxRate?.toString() ?? '' },
    ...{ tells: tells ?? '', component: component ?? '' },
  }))

export const componentDrafts = (type?: DeviceTypeDetail): ComponentDraft[] =>
  (type?.components ?? []).map(({ key, name, partOf, partNumber, lifeMonths, lifeHours }) => ({
    ...{ id: key, key, zh: name['zh-CN'], en: name.en, partOf: partOf ?? '', partNumber: partNumber ?? '' },
    ...{ lifeMonths: lifeMonths?.toString() ?? '', lifeHours: lifeHours?.toString() ?? '' },
  }))

/** Fields of rows in which something stands that is no number, by the names the API would give them. */
export function notNumbers(metrics: readonly MetricDraft[], components: readonly ComponentDraft[]): string[] {
  const wrong = (text: string) => text.trim() === '' || !Number.isFinite(Number(text))
  return [
    ...metrics.flatMap((row, at) => [
      ...(['min', 'max', 'decimals'] as const).filter(field => wrong(row[field])).map(field => `metrics.${at}.${field}`),
      ...(row.maxRate.trim() !== '' && wrong(row.maxRate) ? [`metrics.${at}.maxRate`] : []),
    ]),
    ...components.flatMap((row, at) =>
      (['lifeMonths', 'lifeHours'] as const)
        .filter(field => row[field].trim() !== '' && wrong(row[field]))
        .map(field => `components.${at}.${field}`),
    ),
  ]
}

/** What was typed, as the API takes it. */
export const bodyOf = (
  typed: Typed,
  metrics: readonly MetricDraft[],
  components: readonly ComponentDraft[],
  controls: ControlDrafts,
): TypeBody => ({
  key: typed.text('key'),
  name: { 'zh-CN': typed.text('name.zh-CN'), en: typed.text('name.en') },
  productId: typed.text('productId') || null,
  models: typed
    .text('models')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean),
  metrics: metrics.map(({ key, zh, en, unit, min, max, decimals, maxRate, tells, component }) => ({
    ...{ key, unit, name: { 'zh-CN': zh, en } },
    ...{ min: Number(min), max: Number(max), decimals: Number(decimals) },
    maxRate: maxRate.trim() === '' ? null : Number(maxRate),
    tells: metricTells.find(one => one === tells) ?? null,
    component: component || null,
  })),
  components: components.map(({ key, zh, en, partOf, partNumber, lifeMonths, lifeHours }) => ({
    ...{ key, name: { 'zh-CN': zh, en }, partOf: partOf || null, partNumber: partNumber || null },
    ...{ lifeMonths: lifeMonths ? Number(lifeMonths) : null, lifeHours: lifeHours ? Number(lifeHours) : null },
  })),
  ...controlsOf(controls),
})
