import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { apiContext, Container, languageContext, originContext, pageMeta } from '#platform/web'
import { getConfiguration } from '../core/index.ts'
import { SheetView } from './sheet-view.tsx'

/** /c/{token}: a saved configuration as its specification sheet. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const sheet = await context.get(apiContext).call(getConfiguration, { params: { token: params.token ?? '' } })
  return {
    sheet,
    page: { language: context.get(languageContext), origin: context.get(originContext), path: `/c/${sheet.token}` },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  if (!loaderData) return []
  const { sheet, page } = loaderData
  return pageMeta({
    ...page,
    title: `${sheet.productName[page.language]} – ${translate(page.language, 'configurator:sheet.title')}`,
    description: translate(page.language, 'configurator:page.description', { product: sheet.productName[page.language] }),
    picture: pathIn(page.language, `/pictures/${sheet.productSlug}.png`),
    hidden: true,
  })
}

export default function SheetPage() {
  const { sheet } = useLoaderData<typeof loader>()
  return (
    <Container>
      <SheetView sheet={sheet} heading="h1" />
    </Container>
  )
}
