import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { type NamedCompany, useEntry } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  type FieldMessages,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { createDocument, listNameplates } from '../../core/index.ts'
import style from './console.module.css'
import { bodyOf, DocumentFields } from './document-form.tsx'
import { FileField, type Receipt } from './file-field.tsx'
import { DocumentProblem } from './known-file.tsx'

/** /console/documents/new: a document with its first file. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ products }, { account }] = await Promise.all([calls.call(listNameplates, {}), calls.call(getMe, {})])
  return {
    products: products.map(({ productId, name }) => ({ id: productId, name })),
    seesCompanies: permissionsOf(account?.roles ?? []).includes('company.read'),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'documents:console.new') }] : []

export default function NewDocumentPage() {
  const { products, seesCompanies } = useLoaderData<typeof loader>()
  const t = useTexts('documents')
  const language = useLanguage()
  const navigate = useNavigate()
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const [companies, setCompanies] = useState<NamedCompany[]>([])
  const named = seesCompanies ? companies : null
  const list = pathIn(language, '/console/documents')
  const entry = useEntry(
    (): FieldMessages => (receipt ? {} : { token: t('console.fileMissing') }),
    async typed => {
      const body = { ...bodyOf(typed, named), token: receipt!.token, sameFile: typed.all('sameFile').length > 0 }
      const { id } = await api.call(createDocument, { body })
      await navigate(`${list}/${id}`)
    },
  )
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: list }, { title: t('console.new') }]} />
      <PageHeader title={t('console.new')} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <DocumentProblem problem={entry.problem} />
        <FileField receipt={receipt} onReceipt={setReceipt} error={entry.errors.token} gone={entry.errors['token.0']} />
        <DocumentFields products={products} companies={named} onCompanies={setCompanies} errors={entry.errors} />
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('console.publish')}
          </ActionButton>
          <ActionLink strength="quiet" to={list}>
            {t('console.title')}
          </ActionLink>
        </div>
      </form>
    </>
  )
}
