import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { listMyDocuments, type OwnDocuments } from '#features/documents/core'
import { formatDate, formatDay, type Language, translate } from '#platform/core'
import {
  api,
  apiContext,
  type Description,
  DescriptionList,
  LocaleLink,
  languageContext,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  getMyAsBuilt,
  getMyDevice,
  listMyCredentials,
  listMyReplacements,
  type OwnDeviceDetail,
  revisionWords,
} from '../core/index.ts'
import { AsBuilt } from './as-built.tsx'
import { ComponentList } from './component-list.tsx'
import { GiveAway } from './give-away.tsx'
import style from './machines.module.css'
import { Onlookers } from './onlookers.tsx'
import { OwnCredentials } from './own-credentials.tsx'
import { Replacements } from './replacements.tsx'
import { RevisionValue } from './revision-value.tsx'
import { Sharing } from './sharing.tsx'

/** /account/machines/{id}/nameplate: one machine of the customer's company; for anybody else it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [device, asBuilt] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyAsBuilt, { params: { deviceId } }),
  ])
  const documents = documentsOf(device, await calls.call(listMyDocuments, {}))
  const own = device.manages ? await calls.call(listMyCredentials, { params: { deviceId: device.id } }) : null
  const today = new Date().toISOString().slice(0, 10)
  return { device, asBuilt, documents, own, today, language: context.get(languageContext), origin: context.get(originContext) }
}

/** What belongs to this machine of all that its company has. */
const documentsOf = ({ serial, model }: OwnDeviceDetail, { groups }: OwnDocuments) =>
  groups
    .filter(({ machines }) => machines.some(machine => machine.serial === serial && machine.model === model))
    .flatMap(({ documents }) => documents)
    .filter(({ serials }) => serials.length === 0 || serials.includes(serial))
    .map(({ id, title, since }) => ({ id, title, since }))

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.device.id}/nameplate`,
        title: titleOf(loaderData),
        hidden: true,
      })
    : []

const titleOf = ({ device, language }: { device: OwnDeviceDetail; language: Language }) =>
  `${device.model} ${device.serial} · ${translate(language, 'devices:title')}`

export default function OwnMachinePage() {
  const { device, asBuilt, documents, own, today } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const readReplacements = useCallback(() => api.call(listMyReplacements, { params: { deviceId: device.id } }), [device.id])
  return (
    <div className={style.page}>
      <div className={style.column}>
        <section className={style.section}>
          <h2>{t('plate')}</h2>
          <DescriptionList items={usePlate(device, today)} />
        </section>
        <AsBuilt asBuilt={asBuilt} />
        <section className={style.section}>
          <h2>{t('components')}</h2>
          {device.components.length > 0 ? (
            <ComponentList components={device.components} today={today} />
          ) : (
            <p className={style.muted}>{t('noComponents')}</p>
          )}
        </section>
        <Replacements read={readReplacements} components={device.components} />
        <section className={style.section}>
          <h2>{t('documents')}</h2>
          {documents.length === 0 ? <p className={style.muted}>{t('noDocuments')}</p> : null}
          <ul className={style.documents} aria-label={t('documents')}>
            {documents.map(({ id, title, since }) => (
              <li key={id}>
                <LocaleLink reloadDocument to={`/downloads/${id}`}>
                  {title[language]}
                </LocaleLink>
                <time className={style.muted} dateTime={since}>
                  {formatDate(since, language, zone)}
                </time>
              </li>
            ))}
          </ul>
          <p>
            <LocaleLink reloadDocument to="/account/documents">
              {t('allDocuments')}
            </LocaleLink>
          </p>
        </section>
      </div>
      <div className={style.column}>
        <Onlookers device={device} />
        {device.withheld ? <Sharing device={device} withheld={device.withheld} /> : null}
        {device.manages ? <GiveAway device={device} /> : null}
        {own ? <OwnCredentials deviceId={device.id} own={own} /> : null}
      </div>
    </div>
  )
}

function usePlate(device: OwnDeviceDetail, today: string): Description[] {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { deliveredOn, warrantyUntil, since } = device
  const day = (value: string | null) => value && <time dateTime={value}>{formatDay(value, language)}</time>
  const began = since ? <time dateTime={since}>{formatDate(since, language, zone)}</time> : t('sinceAlways')
  const rows: [string, Description['value'] | null][] = [
    [t('serial'), device.serial],
    [t('model'), device.model],
    [t('typeCode'), device.typeCode],
    [t('identification.manufacturer'), device.manufacturer[language]],
    [t('identification.manufacturerUri'), device.manufacturerUri],
    [t('identification.deviceClass'), device.deviceClass],
    [t('identification.productInstanceUri'), device.productInstanceUri],
    ...revisionWords.map((word): [string, Description['value'] | null] => [
      t(`identification.${word}`),
      device[word] || device.reported[word] ? (
        <RevisionValue delivered={device[word]} reported={device.reported[word]} key={word} />
      ) : null,
    ]),
    [t('builtYear'), device.builtYear],
    [t('delivered'), day(deliveredOn)],
    [
      t('warranty'),
      warrantyUntil && warrantyUntil < today ? (
        <>
          {day(warrantyUntil)} · {t('warrantyOver')}
        </>
      ) : (
        day(warrantyUntil)
      ),
    ],
    [t('identification.initialOperationDate'), day(device.initialOperationDate)],
    [t('site'), device.site],
    [t('identification.assetId'), device.assetId],
    [t('since'), began],
  ]
  return rows.flatMap(([term, value]) => (value === null ? [] : [{ term, value }]))
}
