import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { pathIn, translate } from '#platform/core'
import { ActionLink, apiContext, languageContext, useLanguage, useTexts } from '#platform/web'
import { type Opening, openPreview } from '../core/index.ts'
import { Configurator } from './configurator.tsx'
import style from './preview-page.module.css'
import { useConfigurator } from './use-configurator.ts'

/** /preview/{id of a product}: the configurator of its draft, for staff. To everybody else there is no such page. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const { account } = await calls.call(getMe, {})
  if (account?.kind !== 'staff' || !permissionsOf(account.roles).includes('product.read')) throw data(null, { status: 404 })
  const productId = params.productId ?? ''
  const opening = await calls.call(openPreview, { params: { productId } })
  return { opening, productId, language: context.get(languageContext) }
}

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex' })

/** What changes here changes in the page alone. */
export const shouldRevalidate = () => false

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  if (!loaderData) return []
  const { opening, language } = loaderData
  const product = opening.name[language]
  return [
    { title: translate(language, 'configurator:preview.title', { product, version: opening.modelVersion }) },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function PreviewPage() {
  const { opening, productId } = useLoaderData<typeof loader>()
  return <Preview key={opening.modelVersionId} opening={opening as Opening} productId={productId} />
}

function Preview({ opening, productId }: { opening: Opening; productId: string }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { client, shown } = useConfigurator(opening)
  return (
    <div className={style.preview}>
      <div className={style.banner}>
        <div>
          <h1>{t('preview.title', { product: opening.name[language], version: opening.modelVersion })}</h1>
          <p>{t('preview.text')}</p>
        </div>
        <ActionLink size="small" to={pathIn(language, `/console/products/${productId}`)} reloadDocument>
          {t('preview.back')}
        </ActionLink>
      </div>
      <Configurator
        subject={{ ...opening, preview: true }}
        {...{ client, shown }}
        step={null}
        arrival={null}
        leadId={null}
        onContinueDraft={undefined}
      />
    </div>
  )
}
