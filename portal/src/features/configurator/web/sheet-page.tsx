import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { apiContext, Container, pageMeta } from '#platform/web'
import { getConfiguration } from '../core/index.ts'
import { SheetView } from './sheet-view.tsx'

/** /c/{token}: a saved configuration as its specification sheet. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  return { sheet: await context.get(apiContext).call(getConfiguration, { params: { token: params['token'] ?? '' } }) }
}

export const meta: MetaFunction<typeof loader> = args =>
  pageMeta(args, {
    title: (t, language) => `${args.loaderData?.sheet.productName[language] ?? ''} – ${t('configurator:sheet.title')}`,
    indexed: false,
  })

export default function SheetPage() {
  const { sheet } = useLoaderData<typeof loader>()
  return (
    <Container>
      <SheetView sheet={sheet} heading="h1" />
    </Container>
  )
}
