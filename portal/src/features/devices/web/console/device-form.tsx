import type { Typed } from '#features/accounts/web'
import type { CallInput, LocalizedText } from '#platform/core'
import { type FieldMessages, SelectField, TextField, useLanguage, useTexts } from '#platform/web'
import type { changeDevice, DeviceDetail } from '../../core/index.ts'
import style from './console.module.css'
import { IdentificationFields, identificationIn } from './identification-fields.tsx'

export type DeviceBody = CallInput<typeof changeDevice>['body']

export interface TypeChoice {
  id: string
  name: LocalizedText
}

interface DeviceFieldsProps {
  /** absent: a new one */
  device?: DeviceDetail
  types: readonly TypeChoice[]
  errors: FieldMessages
}

/** What is said of a machine: the same fields for a new and a known one. */
export function DeviceFields({ device, types, errors }: DeviceFieldsProps) {
  const t = useTexts('devices')
  const language = useLanguage()
  return (
    <>
      <div className={style.pair}>
        <TextField
          label={t('serial')}
          name="serial"
          required
          maxLength={60}
          spellCheck={false}
          defaultValue={device?.serial}
          error={errors.serial}
        />
        <TextField
          label={t('model')}
          name="model"
          required
          maxLength={100}
          spellCheck={false}
          defaultValue={device?.model}
          error={errors.model}
        />
      </div>
      <SelectField
        label={t('type')}
        name="typeId"
        defaultValue={device?.type?.id ?? ''}
        help={t('console.typeHelp')}
        error={errors.typeId}
        options={[
          { value: '', label: t('console.byModel') },
          ...types.map(({ id, name }) => ({ value: id, label: name[language] })),
        ]}
      />
      <TextField
        label={t('orderNumber')}
        name="orderNumber"
        optional
        maxLength={60}
        spellCheck={false}
        defaultValue={device?.orderNumber ?? ''}
        error={errors.orderNumber}
      />
      <div className={style.pair}>
        <TextField
          label={t('typeCode')}
          name="typeCode"
          optional
          maxLength={100}
          spellCheck={false}
          defaultValue={device?.typeCode ?? ''}
          error={errors.typeCode}
        />
        <TextField
          label={t('builtYear')}
          name="builtYear"
          type="number"
          inputMode="numeric"
          min={1900}
          max={2200}
          optional
          defaultValue={device?.builtYear ?? ''}
          error={errors.builtYear}
        />
        <TextField
          label={t('delivered')}
          name="deliveredOn"
          type="date"
          optional
          defaultValue={device?.deliveredOn ?? ''}
          error={errors.deliveredOn}
        />
        <TextField
          label={t('warranty')}
          name="warrantyUntil"
          type="date"
          optional
          defaultValue={device?.warrantyUntil ?? ''}
          error={errors.warrantyUntil}
        />
      </div>
      <TextField
        label={t('site')}
        name="site"
        optional
        maxLength={200}
        help={t('console.siteHelp')}
        defaultValue={device?.site ?? ''}
        error={errors.site}
      />
      <IdentificationFields device={device} errors={errors} />
      <TextField
        label={t('console.configuration')}
        name="configuration"
        optional
        maxLength={300}
        spellCheck={false}
        help={t('console.configurationHelp')}
        defaultValue={device?.configurationToken ?? ''}
        error={errors.configuration}
      />
      {device && device.components.length > 0 ? <Replaced components={device.components} errors={errors} /> : null}
    </>
  )
}

function Replaced({ components, errors }: { components: DeviceDetail['components']; errors: FieldMessages }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const wrong = Object.entries(errors).find(([field]) => field.startsWith('replaced'))?.[1]
  return (
    <details className={style.more} open={wrong !== undefined || components.some(({ replaced }) => replaced)}>
      <summary>{t('console.replacedTitle')}</summary>
      <p className={style.muted}>{t('console.replacedHelp')}</p>
      {wrong ? <p className={style.wrong}>{wrong}</p> : null}
      <div className={style.pair}>
        {components.map(({ key, name, since, replaced }) => (
          <TextField
            key={key}
            label={name[language]}
            name={`replaced.${key}`}
            type="date"
            defaultValue={replaced ? (since ?? '') : ''}
          />
        ))}
      </div>
    </details>
  )
}

/** What was typed, as the API takes it. keys: of the components that stand in the form */
export const bodyOf = (typed: Typed, keys: readonly string[]): DeviceBody => ({
  serial: typed.text('serial'),
  model: typed.text('model'),
  typeCode: typed.text('typeCode') || null,
  orderNumber: typed.text('orderNumber') || null,
  typeId: typed.text('typeId') || null,
  builtYear: typed.text('builtYear') ? Number(typed.text('builtYear')) : null,
  deliveredOn: typed.text('deliveredOn') || null,
  warrantyUntil: typed.text('warrantyUntil') || null,
  site: typed.text('site') || null,
  ...identificationIn(typed),
  configuration: typed.text('configuration') || null,
  replaced: keys.flatMap(key => {
    const on = typed.text(`replaced.${key}`)
    return on ? [{ key, on }] : []
  }),
})
