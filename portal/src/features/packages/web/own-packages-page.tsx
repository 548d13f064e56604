import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { apiContext, EmptyState, languageContext, Notice, originContext, pageMeta, useTexts } from '#platform/web'
import { getMyOffering, getMyProofs } from '../core/index.ts'
import { OfferCard } from './offer-card.tsx'
import style from './packages.module.css'

/** /account/machines/{id}/packages: what there is for a machine of the company, and how it stands; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, offering, { items: proofs }] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyOffering, { params: { deviceId } }),
    calls.call(getMyProofs, { params: { deviceId } }),
  ])
  const name = `${model} ${serial}`
  return { deviceId, name, offering, proofs, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/packages`,
        title: translate(loaderData.language, 'packages:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnPackagesPage() {
  const { deviceId, name, offering, proofs } = useLoaderData<typeof loader>()
  const t = useTexts('packages')
  const { revalidate } = useRevalidator()
  if (offering.packages.length === 0) return <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
  return (
    <div className={style.page}>
      <p className={style.lead}>{t('lead')}</p>
      {offering.owner ? null : <Notice>{t('notOwner')}</Notice>}
      {offering.packages.map(offer => (
        <OfferCard
          key={offer.id}
          {...{ deviceId, name, offer }}
          proof={proofs.find(({ packageId }) => packageId === offer.id)}
          onChange={() => void revalidate()}
        />
      ))}
    </div>
  )
}
