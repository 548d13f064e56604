import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { listManagedProducts } from '#features/products/core'
import { pathIn, translate } from '#platform/core'
import { ActionLink, api, apiContext, Breadcrumbs, languageContext, PageHeader, useLanguage, useTexts } from '#platform/web'
import { createDeviceType } from '../../core/index.ts'
import { TypeForm } from './type-form.tsx'

/** /console/device-types/new */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listManagedProducts, { query: { limit: 100 } })
  return { products: items.map(({ id, name }) => ({ id, name })), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'devices:types.add') }] : []

export default function NewTypePage() {
  const { products } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const navigate = useNavigate()
  const list = pathIn(language, '/console/device-types')
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('types.title'), href: list }, { title: t('types.add') }]} />
      <PageHeader title={t('types.add')} />
      <TypeForm
        products={products}
        mayWrite
        action={t('types.create')}
        send={async body => {
          const { id } = await api.call(createDeviceType, { body })
          await navigate(`${list}/${id}`)
        }}
      >
        <ActionLink strength="quiet" to={list}>
          {t('types.title')}
        </ActionLink>
      </TypeForm>
    </>
  )
}
