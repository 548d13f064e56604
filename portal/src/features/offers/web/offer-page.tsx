import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, Container, LocaleLink, languageContext, originContext, pageMeta, useTexts } from '#platform/web'
import { getSharedOffer } from '../core/index.ts'
import { OfferView } from './offer-view.tsx'

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
        title: translate(loaderData.page.language, 'offers:page.title'), // a preview of the link says nothing of the offer
        hidden: true,
      })
    : []

export default function OfferPage() {
  const { offer } = useLoaderData<typeof loader>()
  const t = useTexts('offers')
  const { own, newerToken } = offer
  return (
    <Container>
      <OfferView
        offer={offer}
        newest={newerToken && `/offers/${newerToken}`}
        place={
          own ? (
            <p>
              <LocaleLink to={`/account/offers/${own.offerId}`}>{t('own.inAccount')}</LocaleLink>
            </p>
          ) : null
        }
      />
    </Container>
  )
}
