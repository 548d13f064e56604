import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { formatDate, formatTime, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  LocaleLink,
  languageContext,
  Notice,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getSharedOffer, isOpen, type SharedOffer } from '../core/index.ts'
import { OfferAnswers } from './offer-answers.tsx'
import { OfferMessages } from './offer-messages.tsx'
import style from './offer-page.module.css'
import { OfferPaper, pdfPath } from './offer-paper.tsx'

/** /offers/{token}: an offer for whoever has its link, without signing in. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const offer = await context.get(apiContext).call(getSharedOffer, { params: { token: params.token ?? '' } })
  return {
    offer,
    page: { language: context.get(languageContext), origin: context.get(originContext), path: `/offers/${offer.token}` },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData.page,
        title: `${translate(loaderData.page.language, 'offers:page.title')} ${loaderData.offer.number}`,
        hidden: true,
      })
    : []

export default function OfferPage() {
  const { offer } = useLoaderData<typeof loader>()
  const t = useTexts('offers')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const day = (text: string) => formatDate(`${text}T00:00:00Z`, language, 'UTC')
  const { recipient } = offer
  return (
    <Container>
      <article className={style.page}>
        <header className={style.head}>
          <div>
            <h1>
              {t('page.title')} {offer.number}
            </h1>
            <p className={style.muted}>{t('page.version', { version: offer.version })}</p>
            <p className={style.to}>{[recipient.company, recipient.name].filter(Boolean).join(' · ')}</p>
          </div>
          <div className={style.facts}>
            <p>
              <span className={style.muted}>{t('page.validUntil')}</span> {day(offer.validUntil)}
            </p>
            <ActionLink size="small" reloadDocument to={pdfPath(language, offer.token)}>
              {t('page.pdf')}
            </ActionLink>
          </div>
        </header>
        <OfferState offer={offer} />
        <OfferPaper offer={offer} />
        <OfferAnswers offer={offer} onDone={() => void revalidate()} />
        <OfferMessages messages={offer.messages} currency={offer.currency} />
      </article>
    </Container>
  )
}

/** What became of it, where it is not simply open. */
function OfferState({ offer }: { offer: SharedOffer }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  const { status, acceptance, newerToken } = offer
  if (status === 'accepted' && acceptance)
    return (
      <Notice tone="good" title={t('state.accepted', { name: acceptance.name, time: formatTime(acceptance.at, language, zone) })}>
        {t('state.acceptedHelp')}
      </Notice>
    )
  if (status === 'sent' || status === 'draft' || status === 'accepted') return null
  return (
    <Notice tone={isOpen(status) ? 'info' : 'warn'} title={t(`state.${status}`)}>
      <p>{t(`state.${status}Help`)}</p>
      {newerToken ? (
        <p>
          <LocaleLink to={`/offers/${newerToken}`}>{t('state.newer')}</LocaleLink>
        </p>
      ) : null}
    </Notice>
  )
}
