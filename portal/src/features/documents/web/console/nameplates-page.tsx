import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { useEntry } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Breadcrumbs,
  type Column,
  DataTable,
  languageContext,
  PageHeader,
  TextAreaField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listNameplates, type PlatesView, saveNameplates } from '../../core/index.ts'
import style from './console.module.css'
import { DocumentProblem } from './known-file.tsx'

/** /console/documents/nameplates: which machines of the register are which product. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [plates, { account }] = await Promise.all([calls.call(listNameplates, {}), calls.call(getMe, {})])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('document.manage')
  return { ...plates, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'documents:console.platesTitle') }] : []

export default function NameplatesPage() {
  const { products, homeless, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('documents')
  const language = useLanguage()
  const columns: Column<(typeof homeless)[number]>[] = [
    { id: 'model', title: t('console.model'), cell: ({ model }) => model },
    { id: 'machines', title: t('console.machines'), cell: ({ machines }) => machines, numeric: true },
  ]
  const title = t('console.platesTitle')
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: pathIn(language, '/console/documents') }, { title }]} />
      <PageHeader title={title}>{t('console.platesLead')}</PageHeader>
      <div className={style.columns}>
        <div className={style.side}>
          {products.map(product => (
            <Plates product={product} mayWrite={mayWrite} key={product.productId} />
          ))}
        </div>
        <section className={style.card}>
          <h2>{t('console.platesHomeless')}</h2>
          {homeless.length > 0 ? <p className={style.muted}>{t('console.platesHomelessHelp')}</p> : null}
          <DataTable
            label={t('console.platesHomeless')}
            columns={columns}
            rows={homeless}
            rowId={({ model }) => model}
            empty={<p>{t('console.platesAllHome')}</p>}
          />
        </section>
      </div>
    </>
  )
}

function Plates({ product, mayWrite }: { product: PlatesView; mayWrite: boolean }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const { productId, name, patterns, machines } = product
  const entry = useEntry(
    () => ({}),
    async typed => {
      setSaved(false)
      const lines = typed.text('patterns').split('\n')
      const body = { patterns: lines.map(line => line.trim()).filter(Boolean) }
      await api.call(saveNameplates, { params: { productId }, body })
      setSaved(true)
      await revalidate()
    },
  )
  const error = Object.entries(entry.errors).find(([field]) => field.startsWith('patterns'))?.[1]
  return (
    <form className={style.card} method="post" noValidate onSubmit={entry.onSubmit} aria-label={name[language]}>
      <h2>{name[language]}</h2>
      <DocumentProblem problem={entry.problem} />
      <TextAreaField
        label={t('console.platesField')}
        name="patterns"
        rows={2}
        spellCheck={false}
        readOnly={!mayWrite}
        help={t('console.platesHelp')}
        defaultValue={patterns.join('\n')}
        error={error}
      />
      <div className={style.actions}>
        {mayWrite ? (
          <ActionButton type="submit" size="small" disabled={entry.busy}>
            {t('console.save')}
          </ActionButton>
        ) : null}
        <span className={style.muted}>{t('console.platesMachines', { count: machines })}</span>
        <span role="status">{saved ? t('console.saved') : ''}</span>
      </div>
    </form>
  )
}
