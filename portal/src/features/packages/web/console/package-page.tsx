import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { pathIn, translate } from '#platform/core'
import { api, apiContext, Breadcrumbs, languageContext, PageHeader, useLanguage, useTexts } from '#platform/web'
import { changePackage, createPackage, getPackage, listPackageTypes, type PackageFields } from '../../core/index.ts'
import { PackageForm } from './package-form.tsx'

/** /console/packages/new and /console/packages/{id}: a package as it is written. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const { packageId } = params
  const [known, { items: types }, { account }] = await Promise.all([
    packageId ? calls.callWithEtag(getPackage, { params: { packageId } }) : null,
    calls.call(listPackageTypes, {}),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('package.manage')
  return { known: known?.value ?? null, etag: known?.etag ?? '', types, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [{ title: loaderData.known?.name[loaderData.language] ?? translate(loaderData.language, 'packages:editor.new') }]
    : []

export default function PackagePage() {
  const { known, etag, types, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('packages')
  const language = useLanguage()
  const navigate = useNavigate()
  const [seen, setSeen] = useState(etag)
  const title = known?.name[language] ?? t('editor.new')
  const save = async (body: PackageFields) => {
    if (known) setSeen((await api.callWithEtag(changePackage, { params: { packageId: known.id }, body, ifMatch: seen })).etag)
    else {
      const { id } = await api.call(createPackage, { body })
      await navigate(pathIn(language, `/console/packages/${id}`), { replace: true })
    }
  }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/console/packages') }, { title }]} />
      <PageHeader title={title} />
      <PackageForm key={known?.id ?? 'new'} {...{ known, types, save }} disabled={!mayWrite} />
    </>
  )
}
