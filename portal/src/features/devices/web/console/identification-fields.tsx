import type { Typed } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import { type FieldMessages, TextField, useLanguage, useTexts, useTimeZone } from '#platform/web'
import {
  type DeviceDetail,
  type Identification,
  identificationLengths,
  type RevisionWord,
  revisionWords,
} from '../../core/index.ts'
import style from './console.module.css'

const words = Object.keys(identificationLengths) as (keyof typeof identificationLengths)[]

/** What a nameplate says beside serial number and model, in the words of OPC 40001-1. */
export function IdentificationFields({ device, errors }: { device?: DeviceDetail | undefined; errors: FieldMessages }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const others = device ? revisionWords.filter(word => device.reported[word] && device.reported[word].value !== device[word]) : []
  const reported = (word: RevisionWord): string | undefined => {
    const told = others.includes(word) ? device?.reported[word] : null
    if (!told) return undefined
    if (told.since === null) return t('console.reportedIs', { revision: told.value })
    return t('console.reportedIsAt', { revision: told.value, at: formatTime(told.since, language, zone) })
  }
  const said = others.length > 0 || (device && (words.some(field => device[field]) || device.initialOperationDate))
  const wrong = [...words, 'initialOperationDate'].some(field => errors[field])
  const helps: Partial<Record<keyof Identification, string | undefined>> = {
    manufacturer: device?.manufacturer
      ? t('console.manufacturerHelp')
      : t('console.manufacturerIs', { name: device?.manufacturerName[language] || t('console.ownCompany') }),
    productInstanceUri: t('console.productInstanceUriHelp'),
    deviceClass: t('console.deviceClassHelp'),
    assetId: t('console.assetIdHelp'),
    hardwareRevision: reported('hardwareRevision'),
    softwareRevision: reported('softwareRevision'),
  }
  return (
    <details className={style.more} open={Boolean(said) || wrong}>
      <summary>{t('console.identification')}</summary>
      <p className={style.muted}>{t('console.identificationHelp')}</p>
      <div className={style.pair}>
        {words.map(field => (
          <TextField
            key={field}
            label={t(`identification.${field}`)}
            name={field}
            optional
            maxLength={identificationLengths[field]}
            spellCheck={false}
            help={helps[field]}
            defaultValue={device?.[field] ?? ''}
            error={errors[field]}
          />
        ))}
        <TextField
          label={t('identification.initialOperationDate')}
          name="initialOperationDate"
          type="date"
          optional
          defaultValue={device?.initialOperationDate ?? ''}
          error={errors.initialOperationDate}
        />
      </div>
    </details>
  )
}

/** What was typed, as the API takes it. */
export const identificationIn = (typed: Typed): Identification => ({
  manufacturer: typed.text('manufacturer') || null,
  manufacturerUri: typed.text('manufacturerUri') || null,
  productInstanceUri: typed.text('productInstanceUri') || null,
  deviceClass: typed.text('deviceClass') || null,
  hardwareRevision: typed.text('hardwareRevision') || null,
  softwareRevision: typed.text('softwareRevision') || null,
  initialOperationDate: typed.text('initialOperationDate') || null,
  assetId: typed.text('assetId') || null,
})

/** What the fields say of a machine. */
export const identificationOf = (device: DeviceDetail) => [device.initialOperationDate, ...words.map(field => device[field])]
