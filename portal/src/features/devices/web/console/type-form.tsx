import { type ReactNode, useState } from 'react'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import type { LocalizedText } from '#platform/core'
import {
  ActionButton,
  type FieldMessages,
  Notice,
  SelectField,
  TextAreaField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type DeviceTypeDetail, metricTells } from '../../core/index.ts'
import style from './console.module.css'
import { type ControlDrafts, controlDrafts, wrongControls } from './control-draft.ts'
import { ControlGrids } from './control-grids.tsx'
import { RowGrid } from './row-grid.tsx'
import {
  bodyOf,
  type ComponentDraft,
  componentDrafts,
  emptyComponent,
  emptyMetric,
  type MetricDraft,
  metricDrafts,
  notNumbers,
  type TypeBody,
} from './type-draft.ts'

interface TypeFormProps {
  /** absent: a new one */
  type?: DeviceTypeDetail
  products: readonly { id: string; name: LocalizedText }[]
  mayWrite: boolean
  send(body: TypeBody): Promise<void>
  /** what stands on its button */
  action: string
  /** beside the button */
  children?: ReactNode
}

/** What machines of a type measure and are made of: the same form for a new and a known one. */
export function TypeForm({ type, products, mayWrite, send, action, children }: TypeFormProps) {
  const t = useTexts('devices')
  const [metrics, setMetrics] = useState(() => metricDrafts(type))
  const [components, setComponents] = useState(() => componentDrafts(type))
  const [controls, setControls] = useState<ControlDrafts>(() => controlDrafts(type))
  const entry = useEntry(
    (): FieldMessages => {
      const numbers = [...notNumbers(metrics, components), ...wrongControls(controls)]
      return Object.fromEntries(numbers.map(field => [field, t('types.notANumber')]))
    },
    (typed: Typed) => send(bodyOf(typed, metrics, components, controls)),
  )
  return (
    <form className={style.wide} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <fieldset className={style.plain} disabled={!mayWrite}>
        <Naming type={type} products={products} errors={entry.errors} />
      </fieldset>
      <Metrics
        rows={metrics}
        components={components}
        onChange={setMetrics}
        errors={entry.errors}
        type={type}
        disabled={!mayWrite}
      />
      <Components rows={components} onChange={setComponents} errors={entry.errors} disabled={!mayWrite} />
      <ControlGrids drafts={controls} onChange={setControls} errors={entry.errors} disabled={!mayWrite} />
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {action}
          </ActionButton>
          {children}
        </div>
      ) : null}
    </form>
  )
}

function Naming({
  type,
  products,
  errors,
}: { type: DeviceTypeDetail | undefined; errors: FieldMessages } & Pick<TypeFormProps, 'products'>) {
  const t = useTexts('devices')
  const language = useLanguage()
  const wrongModel = Object.entries(errors).find(([field]) => field.startsWith('models'))?.[1]
  return (
    <>
      <div className={style.pair}>
        <TextField
          label={t('types.nameZh')}
          name="name.zh-CN"
          lang="zh-CN"
          required
          maxLength={80}
          defaultValue={type?.name['zh-CN']}
          error={errors['name.zh-CN']}
        />
        <TextField
          label={t('types.nameEn')}
          name="name.en"
          lang="en"
          required
          maxLength={80}
          defaultValue={type?.name.en}
          error={errors['name.en']}
        />
        <TextField
          label={t('types.key')}
          name="key"
          required
          maxLength={40}
          spellCheck={false}
          help={t('types.keyHelp')}
          defaultValue={type?.key}
          error={errors.key}
        />
        <SelectField
          label={t('types.product')}
          name="productId"
          defaultValue={type?.product?.id ?? ''}
          error={errors.productId}
          options={[
            { value: '', label: t('types.noProduct') },
            ...products.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
        />
      </div>
      <TextAreaField
        label={t('types.models')}
        name="models"
        optional
        rows={3}
        spellCheck={false}
        help={t('types.modelsHelp')}
        defaultValue={type?.models.join('\n')}
        error={wrongModel}
      />
    </>
  )
}

interface Rows<Row> {
  rows: readonly Row[]
  onChange(rows: Row[]): void
  errors: FieldMessages
  disabled: boolean
}

interface MetricsProps extends Rows<MetricDraft> {
  components: readonly ComponentDraft[]
  type: DeviceTypeDetail | undefined
}

function Metrics({ type, components, ...rows }: MetricsProps) {
  const t = useTexts('devices')
  const language = useLanguage()
  const named = components
    .filter(({ key }) => key)
    .map(({ key, zh, en }) => ({ value: key, label: (language === 'en' ? en : zh) || key }))
  const retired = type?.retired.map(({ key }) => key).join(' · ')
  return (
    <RowGrid
      {...rows}
      title={t('types.metrics')}
      help={t('types.metricsHelp')}
      list="metrics"
      add={t('types.addMetric')}
      make={emptyMetric}
      columns={[
        { field: 'key', title: t('types.key'), kind: 'key' },
        { field: 'zh', title: t('types.nameZh'), kind: 'name', api: 'name.zh-CN', lang: 'zh-CN' },
        { field: 'en', title: t('types.nameEn'), kind: 'name', api: 'name.en', lang: 'en' },
        { field: 'unit', title: t('types.unit') },
        { field: 'min', title: t('types.min'), kind: 'number' },
        { field: 'max', title: t('types.max'), kind: 'number' },
        { field: 'decimals', title: t('types.decimals'), kind: 'number' },
        { field: 'maxRate', title: t('types.maxRate'), kind: 'number' },
        {
          field: 'tells',
          title: t('types.tells'),
          options: () => [
            { value: '', label: t('types.tellsOf.unsaid') },
            ...metricTells.map(value => ({ value, label: t(`types.tellsOf.${value}`) })),
          ],
        },
        {
          field: 'component',
          title: t('types.component'),
          options: ({ component }) => [
            { value: '', label: t('types.componentByKey') },
            ...named,
            ...(component && !named.some(({ value }) => value === component) ? [{ value: component, label: component }] : []),
          ],
        },
      ]}
    >
      {type?.reporting ? <Notice title={t('types.reporting')} /> : null}
      {retired ? <p className={style.muted}>{t('types.retired', { keys: retired })}</p> : null}
    </RowGrid>
  )
}

function Components(rows: Rows<ComponentDraft>) {
  const t = useTexts('devices')
  const language = useLanguage()
  return (
    <RowGrid
      {...rows}
      title={t('types.components')}
      help={t('types.componentsHelp')}
      list="components"
      add={t('types.addComponent')}
      make={emptyComponent}
      columns={[
        { field: 'key', title: t('types.key'), kind: 'key' },
        { field: 'zh', title: t('types.nameZh'), kind: 'name', api: 'name.zh-CN', lang: 'zh-CN' },
        { field: 'en', title: t('types.nameEn'), kind: 'name', api: 'name.en', lang: 'en' },
        {
          field: 'partOf',
          title: t('types.partOf'),
          options: (row, at) => [
            { value: '', label: t('types.ofMachine') },
            ...rows.rows
              .filter(({ key }, place) => key && (place < at || key === row.partOf))
              .map(({ key, zh, en }) => ({ value: key, label: (language === 'en' ? en : zh) || key })),
          ],
        },
        { field: 'partNumber', title: t('types.partNumber'), kind: 'key' },
        { field: 'lifeMonths', title: t('types.lifeMonths'), kind: 'number' },
        { field: 'lifeHours', title: t('types.lifeHours'), kind: 'number' },
      ]}
    />
  )
}
