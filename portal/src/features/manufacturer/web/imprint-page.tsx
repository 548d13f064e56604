import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import {
  apiContext,
  Container,
  languageContext,
  originContext,
  PageHeader,
  PlainText,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getImprint, getManufacturer } from '../core/index.ts'

/** /imprint: who answers for this site. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ imprint }, { name, legalName, address }] = await Promise.all([
    calls.call(getImprint, {}),
    calls.call(getManufacturer, {}),
  ])
  const language = context.get(languageContext)
  const description = [legalName[language], address[language]].filter(Boolean).join(' · ')
  return { imprint, name, description, language, origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/imprint',
        title: translate(loaderData.language, 'platform:layout.imprint'),
        brand: loaderData.name[loaderData.language],
      })
    : []

export { publicPage as headers, stillPage as handle } from '#platform/web'

export default function ImprintPage() {
  const t = useTexts('platform')
  const { imprint } = useLoaderData<typeof loader>()
  return (
    <Container width="narrow">
      <PageHeader title={t('layout.imprint')} />
      <PlainText text={imprint[useLanguage()]} />
    </Container>
  )
}
