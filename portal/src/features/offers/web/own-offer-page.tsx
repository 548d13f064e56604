import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatTime, translate } from '#platform/core'
import {
  apiContext,
  Container,
  LocaleLink,
  languageContext,
  Money,
  originContext,
  pageMeta,
  StatusBadge,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getMyOffer, type OwnOfferDetail } from '../core/index.ts'
import style from './offer-page.module.css'
import { offerTones } from './offer-tones.ts'
import { OfferView } from './offer-view.tsx'

/** /account/offers/{id}, with `?version=` an earlier one: an offer in the account of whom it was made for; whoever is not signed in is led there. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const version = /^[1-9]\d{0,5}$/.exec(new URL(request.url).searchParams.get('version') ?? '')?.[0]
  const offer = await context.get(apiContext).call(getMyOffer, { params: { offerId: params.offerId ?? '' }, query: { version } })
  return { offer, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/offers/${loaderData.offer.id}`,
        title: `${translate(loaderData.language, 'offers:page.title')} ${loaderData.offer.number}`,
        hidden: true,
      })
    : []

export default function OwnOfferPage() {
  const { offer } = useLoaderData<typeof loader>()
  const t = useTexts('offers')
  return (
    <Container>
      <nav className={style.back} aria-label={t('own.back')}>
        <LocaleLink to="/account/offers">{t('own.back')}</LocaleLink>
      </nav>
      <OfferView key={offer.token} offer={offer} newest={offer.newerToken && `/account/offers/${offer.id}`}>
        {offer.versions.length > 1 ? <Versions offer={offer} /> : null}
      </OfferView>
    </Container>
  )
}

/** All that were sent, each leading to what it said. */
function Versions({ offer: { id, version: shown, versions, currency } }: { offer: OwnOfferDetail }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <section className={style.section}>
      <h2>{t('own.versions')}</h2>
      <ul className={style.versions}>
        {versions.map(({ version, status, gross, sentAt }, place) => (
          <li key={version}>
            <LocaleLink
              to={`/account/offers/${id}${place === 0 ? '' : `?version=${version}`}`}
              aria-current={version === shown ? 'page' : undefined}
            >
              {t('page.version', { version })}
            </LocaleLink>
            <StatusBadge tone={offerTones[status]}>{t(`status.${status}`)}</StatusBadge>
            <Money amount={gross} currency={currency} />
            <time className={style.muted} dateTime={sentAt} suppressHydrationWarning>
              {formatTime(sentAt, language, zone)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}
